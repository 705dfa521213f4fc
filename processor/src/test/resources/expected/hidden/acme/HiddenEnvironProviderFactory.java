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
import java.util.List;
import java.util.ServiceLoader;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Makes the provider {@code hidden} of settings; found through {@link ServiceLoader}.
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
            .of("foothold", SettingType.oneOf(HiddenEnviron.Mode.class));

    private static final SettingSpec<String> CONFIG = SettingSpec
            .of("config", SettingType.TEXT);

    private static final SettingSpec<String> LOGIN_CONFIG = SettingSpec
            .of("login-config", SettingType.TEXT);

    /**
     * Creates the factory; {@link ServiceLoader} does it.
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
    public List<SettingSpec<?>> settings() {
        return List.of(SETTINGS, IN, FOOTHOLD, CONFIG, LOGIN_CONFIG);
    }

    @Override
    public DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) {
        SettingsReader in = settings.reader(name(), settings());
        String settings_ = in.get(SETTINGS);
        String in_ = in.get(IN);
        HiddenEnviron.Mode foothold_ = in.get(FOOTHOLD);
        String config = in.get(CONFIG);
        String config_ = in.get(LOGIN_CONFIG);
        in.check();
        HiddenEnviron.Settings model_ = new HiddenEnviron.Settings(settings_, in_, foothold_,
                config);
        HiddenEnviron.Login in__ = new HiddenEnviron.Login(config_);
        return HiddenEnvironDefaultProvider.open(model_, in__, model, foothold);
    }
}
