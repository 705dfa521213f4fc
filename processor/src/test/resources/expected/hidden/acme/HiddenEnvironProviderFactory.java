package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.config.CredentialSchema;
import dev.foothold.config.ProviderSchema;
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
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Makes the provider {@code hidden} of settings; found through {@link java.util.ServiceLoader}.
 *
 * <p>Generated from {@link HiddenEnviron}.
 */
@ProviderGenerated(HiddenEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class HiddenEnvironProviderFactory implements ProviderFactory {
    private static final SettingSpec<String> SETTINGS = SettingSpec
            .of("settings", SettingType.TEXT);

    private static final SettingSpec<String> IN = SettingSpec
            .of("in", SettingType.TEXT);

    private static final SettingSpec<HiddenEnviron.Mode> FOOTHOLD = SettingSpec
            .of("foothold", SettingType.oneOf(HiddenEnviron.Mode.values()));

    private static final SettingSpec<String> CONFIG = SettingSpec
            .of("config", SettingType.TEXT);

    private static final SettingGroup<HiddenEnviron.Settings> MODEL = SettingGroup
            .of(in -> new HiddenEnviron.Settings(in.get(SETTINGS), in.get(IN), in.get(FOOTHOLD),
                            in.get(CONFIG)),
                    SETTINGS, IN, FOOTHOLD, CONFIG);

    private static final SettingSpec<String> LOGIN_CONFIG = SettingSpec
            .of("login-config", SettingType.TEXT);

    private static final SettingGroup<HiddenEnviron.Login> IN$_ATTRIBUTES = SettingGroup
            .of(in -> new HiddenEnviron.Login(in.get(LOGIN_CONFIG)),
                    LOGIN_CONFIG);

    private static final CredentialSchema<HiddenEnviron.Login> IN$ = CredentialSchema
            .<HiddenEnviron.Login>of("login", IN$_ATTRIBUTES);

    private static final ProviderSchema SCHEMA = ProviderSchema
            .of("hidden")
            .withConfiguration(MODEL)
            .withCredential(IN$);

    /**
     * Creates the factory; {@link java.util.ServiceLoader} does it.
     */
    public HiddenEnvironProviderFactory() {
    }

    @Override
    public String name() {
        return "hidden";
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
        return HiddenEnvironDefaultProvider.open(in.get(MODEL), in.get(IN$), model, foothold);
    }
}
