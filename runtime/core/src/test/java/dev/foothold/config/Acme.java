package dev.foothold.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A provider with one setting of every kind, as the processor would describe it. */
final class Acme {

    static final SettingSpec<URI> ENDPOINT = SettingSpec.of("endpoint", SettingType.URI)
            .withDoc("Where the API listens.")
            .withEnvironmentVariable("ACME_ENDPOINT");
    static final SettingSpec<String> REGION = SettingSpec.of("region", SettingType.TEXT)
            .withDoc("One of \"north|south\".")
            .asImmutable();
    static final SettingSpec<Plan> PLAN =
            SettingSpec.of("plan", SettingType.oneOf(Plan.values())).withDefault("very-large");
    static final SettingSpec<DataSize> DISK = SettingSpec.of("disk", SettingType.SIZE)
            .withDefault("10G")
            .withDeprecatedName("root-disk")
            .withDeprecatedName("rootfs");
    static final SettingSpec<Boolean> CHECKED =
            SettingSpec.of("checked", SettingType.BOOLEAN).withDefault("true").asImmutable();

    static final SettingSpec<Duration> PAUSE = SettingSpec.of("pause", SettingType.DURATION)
            .withDefault("5s")
            .withEnvironmentVariable("ACME_PAUSE")
            .withDeprecatedName("wait");
    static final SettingSpec<Integer> ATTEMPTS =
            SettingSpec.of("attempts", SettingType.INTEGER).withDefault("3");
    static final SettingGroup<Retry> RETRY_GROUP =
            SettingGroup.of(in -> new Retry(in.get(PAUSE), in.get(ATTEMPTS)), PAUSE, ATTEMPTS);
    static final SettingSpec<Retry> RETRY = SettingSpec.of("retry", SettingType.group(RETRY_GROUP));

    static final SettingSpec<String> HOST =
            SettingSpec.of("host", SettingType.TEXT).withEnvironmentVariable("ACME_PROXY_HOST");
    static final SettingSpec<Integer> PORT =
            SettingSpec.of("port", SettingType.INTEGER).withDefault("3128");
    static final SettingSpec<Optional<Secret>> PASSWORD =
            SettingSpec.of("password", SettingType.optional(SettingType.SECRET)).orFile("password-file");
    static final SettingGroup<Proxy> PROXY_GROUP =
            SettingGroup.of(in -> new Proxy(in.get(HOST), in.get(PORT), in.get(PASSWORD)), HOST, PORT, PASSWORD);
    static final SettingSpec<Optional<Proxy>> PROXY =
            SettingSpec.of("proxy", SettingType.optional(SettingType.group(PROXY_GROUP)));

    static final SettingSpec<String> NAME = SettingSpec.of("name", SettingType.TEXT);
    static final SettingSpec<List<Integer>> PORTS =
            SettingSpec.of("ports", SettingType.listOf(SettingType.INTEGER)).withDefault("22, 80");
    static final SettingGroup<Zone> ZONE_GROUP =
            SettingGroup.of(in -> new Zone(in.get(NAME), in.get(PORTS)), NAME, PORTS);
    static final SettingSpec<List<Zone>> ZONES = SettingSpec.of(
                    "zones", SettingType.listOf(SettingType.group(ZONE_GROUP)))
            .withDefault("");
    static final SettingSpec<Map<String, String>> LABELS =
            SettingSpec.of("labels", SettingType.mapOf(SettingType.TEXT)).withDefault("");
    static final SettingSpec<Optional<String>> VERSION =
            SettingSpec.of("version", SettingType.optional(SettingType.TEXT));

    static final SettingGroup<Config> CONFIG = SettingGroup.of(
            in -> new Config(
                    in.get(ENDPOINT),
                    in.get(REGION),
                    in.get(PLAN),
                    in.get(DISK),
                    in.get(CHECKED),
                    in.get(RETRY),
                    in.get(PROXY),
                    in.get(ZONES),
                    in.get(LABELS),
                    in.get(VERSION)),
            ENDPOINT,
            REGION,
            PLAN,
            DISK,
            CHECKED,
            RETRY,
            PROXY,
            ZONES,
            LABELS,
            VERSION);

    static final SettingSpec<String> KEY =
            SettingSpec.of("key", SettingType.TEXT).withEnvironmentVariable("ACME_KEY");
    static final SettingSpec<Secret> SECRET = SettingSpec.of("secret", SettingType.SECRET)
            .withEnvironmentVariable("ACME_SECRET")
            .orFile("secret-file");
    static final SettingGroup<AccessKey> ACCESS_KEY =
            SettingGroup.of(in -> new AccessKey(in.get(KEY), in.get(SECRET)), KEY, SECRET);
    static final SettingSpec<Secret> TOKEN = SettingSpec.of("token", SettingType.SECRET)
            .withEnvironmentVariable("ACME_TOKEN_FILE")
            .fromFile();
    static final SettingGroup<Token> TOKEN_GROUP = SettingGroup.of(in -> new Token(in.get(TOKEN)), TOKEN);
    static final CredentialSchema<AcmeCredential> CREDENTIAL =
            CredentialSchema.<AcmeCredential>of("access-key", ACCESS_KEY).or("token", TOKEN_GROUP);

    static final ProviderSchema SCHEMA =
            ProviderSchema.of("acme").withConfiguration(CONFIG).withCredential(CREDENTIAL);

    /** As little as is enough, without a credential. */
    static final String YAML = """
            endpoint: https://acme.example
            region: north
            """;

    private Acme() {}

    enum Plan {
        SMALL,
        VERY_LARGE
    }

    record Config(
            URI endpoint,
            String region,
            Plan plan,
            DataSize disk,
            boolean checked,
            Retry retry,
            Optional<Proxy> proxy,
            List<Zone> zones,
            Map<String, String> labels,
            Optional<String> version) {}

    record Retry(Duration pause, int attempts) {
        Retry {
            if (attempts < 1) {
                throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
            }
        }
    }

    record Proxy(String host, int port, Optional<Secret> password) {
        Proxy {
            if (password.map(Secret::reveal).filter(host::contains).isPresent()) {
                throw new IllegalArgumentException("password " + password.get().reveal() + " occurs in host " + host);
            }
        }
    }

    record Zone(String name, List<Integer> ports) {}

    sealed interface AcmeCredential {}

    record AccessKey(String key, Secret secret) implements AcmeCredential {}

    record Token(Secret token) implements AcmeCredential {}
}
