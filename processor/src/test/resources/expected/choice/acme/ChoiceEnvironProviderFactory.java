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
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Makes the provider {@code choice} of settings; found through {@link java.util.ServiceLoader}.
 *
 * <p>Generated from {@link ChoiceEnviron}.
 */
@ProviderGenerated(ChoiceEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class ChoiceEnvironProviderFactory implements ProviderFactory {
    private static final SettingSpec<String> ACCESS_KEY_ID = SettingSpec
            .of("id", SettingType.TEXT)
            .withEnvironmentVariable("ACME_KEY_ID");

    private static final SettingSpec<Secret> ACCESS_KEY_KEY = SettingSpec
            .of("key", SettingType.SECRET)
            .asSecret()
            .withEnvironmentVariable("ACME_KEY");

    private static final SettingGroup<Login.AccessKey> ACCESS_KEY = SettingGroup
            .of(in -> new Login.AccessKey(in.get(ACCESS_KEY_ID), in.get(ACCESS_KEY_KEY)),
                    ACCESS_KEY_ID, ACCESS_KEY_KEY);

    private static final SettingSpec<String> CERTIFICATE_ID = SettingSpec
            .of("id", SettingType.TEXT);

    private static final SettingSpec<String> CERTIFICATE_CERTIFICATE = SettingSpec
            .of("certificate", SettingType.TEXT)
            .fromFile();

    private static final SettingSpec<Secret> CERTIFICATE_PRIVATE_KEY = SettingSpec
            .of("private-key", SettingType.SECRET)
            .asSecret()
            .orFile("private-key-file");

    private static final SettingSpec<Optional<Secret>> CERTIFICATE_PASSPHRASE = SettingSpec
            .of("passphrase", SettingType.optional(SettingType.SECRET))
            .asSecret();

    private static final SettingGroup<Login.CertificateLogin> CERTIFICATE = SettingGroup
            .of(in -> new Login.CertificateLogin(in.get(CERTIFICATE_ID),
                            in.get(CERTIFICATE_CERTIFICATE), in.get(CERTIFICATE_PRIVATE_KEY),
                            in.get(CERTIFICATE_PASSPHRASE)),
                    CERTIFICATE_ID, CERTIFICATE_CERTIFICATE, CERTIFICATE_PRIVATE_KEY,
                    CERTIFICATE_PASSPHRASE);

    private static final CredentialSchema<Login> LOGIN = CredentialSchema
            .<Login>of("access-key", ACCESS_KEY)
            .or("certificate", CERTIFICATE);

    private static final ProviderSchema SCHEMA = ProviderSchema
            .of("choice")
            .withCredential(LOGIN);

    /**
     * Creates the factory; {@link java.util.ServiceLoader} does it.
     */
    public ChoiceEnvironProviderFactory() {
    }

    @Override
    public String name() {
        return "choice";
    }

    @Override
    public List<String> aliases() {
        return List.of();
    }

    @Override
    public String description() {
        return "";
    }

    @Override
    public ProviderSchema schema() {
        return SCHEMA;
    }

    @Override
    public DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) {
        SettingValues in = SCHEMA.read(settings);
        return ChoiceEnvironDefaultProvider.open(in.get(LOGIN), model, foothold);
    }
}
