package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.config.CredentialSchema;
import dev.foothold.config.ProviderSchema;
import dev.foothold.config.Secret;
import dev.foothold.config.SettingGroup;
import dev.foothold.config.SettingSpec;
import dev.foothold.config.SettingType;
import dev.foothold.config.SettingValues;
import dev.foothold.config.Settings;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.provider.ProviderFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Makes the provider {@code acme} of settings; found through {@link java.util.ServiceLoader}.
 *
 * <p>Generated from {@link AcmeEnviron}.
 */
@ProviderGenerated(AcmeEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class AcmeEnvironProviderFactory implements ProviderFactory {
    private static final SettingSpec<URI> ENDPOINT = SettingSpec
            .of("endpoint", SettingType.URI)
            .withDoc("Where the API listens.")
            .withEnvironmentVariable("ACME_ENDPOINT");

    private static final SettingSpec<Duration> TIMEOUT = SettingSpec
            .of("timeout", SettingType.DURATION)
            .withDefault("30s");

    private static final SettingSpec<Integer> RETRIES = SettingSpec
            .of("retries", SettingType.INTEGER);

    private static final SettingSpec<Long> QUOTA = SettingSpec
            .of("quota", SettingType.LONG);

    private static final SettingSpec<Boolean> TLS = SettingSpec
            .of("tls", SettingType.BOOLEAN)
            .withDefault("true");

    private static final SettingSpec<Path> CACHE_DIR = SettingSpec
            .of("cache-dir", SettingType.PATH)
            .withDefault("/var/cache/acme");

    private static final SettingSpec<AcmeConfig.Size> SIZE = SettingSpec
            .of("size", SettingType.oneOf(AcmeConfig.Size.values()))
            .withDefault("very-large");

    private static final SettingGroup<AcmeConfig> CONFIG = SettingGroup
            .of(in -> new AcmeConfig(in.get(ENDPOINT), in.get(TIMEOUT), in.get(RETRIES),
                            in.get(QUOTA), in.get(TLS), in.get(CACHE_DIR), in.get(SIZE)),
                    ENDPOINT, TIMEOUT, RETRIES, QUOTA, TLS, CACHE_DIR, SIZE);

    private static final SettingSpec<String> ACCESS_KEY = SettingSpec
            .of("access-key", SettingType.TEXT)
            .withEnvironmentVariable("ACME_ACCESS_KEY");

    private static final SettingSpec<Secret> SECRET_KEY = SettingSpec
            .of("secret-key", SettingType.SECRET)
            .withDoc("Made in the console.\nShown once.")
            .asSecret()
            .withEnvironmentVariable("ACME_SECRET_KEY");

    private static final SettingGroup<AcmeCredential> CREDENTIAL_ATTRIBUTES = SettingGroup
            .of(in -> new AcmeCredential(in.get(ACCESS_KEY), in.get(SECRET_KEY)),
                    ACCESS_KEY, SECRET_KEY);

    private static final CredentialSchema<AcmeCredential> CREDENTIAL = CredentialSchema
            .<AcmeCredential>of("access-key", CREDENTIAL_ATTRIBUTES);

    private static final ProviderSchema SCHEMA = ProviderSchema
            .of("acme")
            .withConfiguration(CONFIG)
            .withCredential(CREDENTIAL);

    /**
     * Creates the factory; {@link java.util.ServiceLoader} does it.
     */
    public AcmeEnvironProviderFactory() {
    }

    @Override
    public String name() {
        return "acme";
    }

    @Override
    public List<String> aliases() {
        return List.of("acme-cloud", "acme2");
    }

    @Override
    public String description() {
        return "Acme's \"public\" cloud";
    }

    @Override
    public ProviderSchema schema() {
        return SCHEMA;
    }

    @Override
    public DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) {
        SettingValues in = SCHEMA.read(settings);
        return AcmeEnvironDefaultProvider.open(in.get(CONFIG), in.get(CREDENTIAL), model, foothold);
    }
}
