package dev.foothold.processor.model;

import java.util.List;

/**
 * Names the types of the runtime that the processor reads or that generated code mentions.
 *
 * <p>They are plain strings so that the runtime and its dependencies stay off the processor path of users.
 */
public final class RuntimeTypes {

    /** Marks the environ of a cloud without zones. */
    public static final String PROVIDER = "dev.foothold.annotation.Provider";

    /** Marks the environ of a cloud with zones. */
    public static final String ZONED_PROVIDER = "dev.foothold.annotation.ZonedProvider";

    /** Describes a component of a configuration record. */
    public static final String SETTING = "dev.foothold.annotation.Setting";

    /** Marks generated classes. */
    public static final String PROVIDER_GENERATED = "dev.foothold.annotation.ProviderGenerated";

    /** The SPI of clouds. */
    public static final String ENVIRON = "dev.foothold.environ.Environ";

    /** The SPI of clouds with zones. */
    public static final String ZONED_ENVIRON = "dev.foothold.environ.ZonedEnviron";

    /** What is fixed about a model. */
    public static final String MODEL_SETTINGS = "dev.foothold.model.ModelSettings";

    /** What a provider works with. */
    public static final String FOOTHOLD = "dev.foothold.provider.Foothold";

    /** The superclass for clouds without zones. */
    public static final String DEFAULT_PROVIDER = "dev.foothold.provider.DefaultProvider";

    /** The superclass for clouds with zones. */
    public static final String DEFAULT_ZONED_PROVIDER = "dev.foothold.provider.DefaultZonedProvider";

    /** What makes providers of settings. */
    public static final String PROVIDER_FACTORY = "dev.foothold.provider.ProviderFactory";

    /** The values a user gives. */
    public static final String SETTINGS = "dev.foothold.config.Settings";

    /** What reads them. */
    public static final String SETTINGS_READER = "dev.foothold.config.SettingsReader";

    /** The description of one setting. */
    public static final String SETTING_SPEC = "dev.foothold.config.SettingSpec";

    /** How the text of a setting is read. */
    public static final String SETTING_TYPE = "dev.foothold.config.SettingType";

    private RuntimeTypes() {}

    /**
     * Lists all of them.
     *
     * @return qualified names
     */
    public static List<String> all() {
        return List.of(
                PROVIDER,
                ZONED_PROVIDER,
                SETTING,
                PROVIDER_GENERATED,
                ENVIRON,
                ZONED_ENVIRON,
                MODEL_SETTINGS,
                FOOTHOLD,
                DEFAULT_PROVIDER,
                DEFAULT_ZONED_PROVIDER,
                PROVIDER_FACTORY,
                SETTINGS,
                SETTINGS_READER,
                SETTING_SPEC,
                SETTING_TYPE);
    }
}
