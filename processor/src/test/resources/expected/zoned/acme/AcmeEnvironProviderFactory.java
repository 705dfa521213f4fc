package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.config.SettingSpec;
import dev.foothold.config.SettingType;
import dev.foothold.config.Settings;
import dev.foothold.config.SettingsReader;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.provider.ProviderFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Makes the provider {@code acme} of settings; found through {@link ServiceLoader}.
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
            .of("size", SettingType.oneOf(AcmeConfig.Size.class))
            .withDefault("very-large");

    private static final SettingSpec<String> ACCESS_KEY = SettingSpec
            .of("access-key", SettingType.TEXT)
            .withEnvironmentVariable("ACME_ACCESS_KEY");

    private static final SettingSpec<String> SECRET_KEY = SettingSpec
            .of("secret-key", SettingType.TEXT)
            .withDoc("Made in the console.\n"
                    + "Shown once.")
            .asSecret()
            .withEnvironmentVariable("ACME_SECRET_KEY");

    /**
     * Creates the factory; {@link ServiceLoader} does it.
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
    public List<SettingSpec<?>> settings() {
        return List.of(ENDPOINT, TIMEOUT, RETRIES, QUOTA, TLS, CACHE_DIR, SIZE, ACCESS_KEY,
                SECRET_KEY);
    }

    @Override
    public DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) {
        SettingsReader in = settings.reader(name(), settings());
        URI endpoint = in.get(ENDPOINT);
        Duration timeout = in.get(TIMEOUT);
        Integer retries = in.get(RETRIES);
        Long quota = in.get(QUOTA);
        Boolean verifyTls = in.get(TLS);
        Path cacheDir = in.get(CACHE_DIR);
        AcmeConfig.Size size = in.get(SIZE);
        String accessKey = in.get(ACCESS_KEY);
        String secretKey = in.get(SECRET_KEY);
        in.check();
        AcmeConfig config = new AcmeConfig(endpoint, timeout, retries, quota, verifyTls, cacheDir,
                size);
        AcmeCredential credential = new AcmeCredential(accessKey, secretKey);
        return AcmeEnvironDefaultProvider.open(config, credential, model, foothold);
    }
}
