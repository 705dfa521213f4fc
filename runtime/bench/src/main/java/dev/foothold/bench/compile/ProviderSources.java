package dev.foothold.bench.compile;

import java.util.Map;

/** A provider as an author writes it: the environ of a cloud with zones, its configuration and its credential. */
final class ProviderSources implements Sources {

    private static final String ENVIRON = """
            package acme;

            import dev.foothold.annotation.ZonedProvider;
            import dev.foothold.environ.StartInstanceParams;
            import dev.foothold.environ.ZonedEnviron;
            import dev.foothold.instance.AvailabilityZone;
            import dev.foothold.instance.Instance;
            import dev.foothold.instance.InstanceId;
            import dev.foothold.model.Tags;
            import java.util.List;

            /** Answers for a cloud. */
            @ZonedProvider(value = "cloud-0000", description = "A cloud with zones.")
            public final class Cloud0000Environ implements ZonedEnviron {

                private final Cloud0000Config config;
                private final Cloud0000Credential credential;

                public Cloud0000Environ(Cloud0000Config config, Cloud0000Credential credential) {
                    this.config = config;
                    this.credential = credential;
                }

                @Override
                public Instance startInstance(StartInstanceParams params) {
                    throw new UnsupportedOperationException("start an instance at " + config.endpoint());
                }

                @Override
                public void stopInstance(InstanceId id) {
                    throw new UnsupportedOperationException("stop " + id + " as " + credential.accessKey());
                }

                @Override
                public List<Instance> allInstances(Tags owner) {
                    return List.of();
                }

                @Override
                public List<AvailabilityZone> availabilityZones() {
                    return List.of();
                }
            }
            """;

    private static final String CONFIG = """
            package acme;

            import dev.foothold.annotation.Setting;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;

            /** Where and how. */
            public record Cloud0000Config(
                    @Setting(doc = "Where the API listens.", env = "CLOUD0000_ENDPOINT") URI endpoint,
                    @Setting(defaultValue = "30s") Duration timeout,
                    @Setting(defaultValue = "3") int retries,
                    @Setting(doc = "The most machines to have.") long quota,
                    @Setting(name = "tls", defaultValue = "true") boolean verifyTls,
                    @Setting(defaultValue = "/var/cache/acme") Path cacheDir,
                    @Setting(defaultValue = "small") Size size) {

                /** How big. */
                public enum Size {
                    SMALL,
                    LARGE
                }
            }
            """;

    private static final String CREDENTIAL = """
            package acme;

            import dev.foothold.annotation.Setting;
            import dev.foothold.config.Secret;

            /** As whom. */
            public record Cloud0000Credential(
                    @Setting(doc = "Who asks.", env = "CLOUD0000_ACCESS_KEY") String accessKey,
                    @Setting(doc = "Made in the console.", env = "CLOUD0000_SECRET_KEY") Secret secretKey) {}
            """;

    /** Gives the environ as it would be without a processor. */
    static String plainEnviron() {
        return ENVIRON.replaceFirst("import dev.foothold.annotation.*\n", "").replaceFirst("@ZonedProvider.*\n", "");
    }

    @Override
    public Map<String, String> of(String number) {
        return Map.of(
                "acme/Cloud" + number + "Environ.java", ENVIRON.replace("0000", number),
                "acme/Cloud" + number + "Config.java", CONFIG.replace("0000", number),
                "acme/Cloud" + number + "Credential.java", CREDENTIAL.replace("0000", number));
    }
}
