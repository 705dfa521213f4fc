package dev.foothold.processor.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** Names the authentication type of a credential record. */
    public static final String CREDENTIAL = "dev.foothold.annotation.Credential";

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

    /** What is read of them. */
    public static final String SETTING_VALUES = "dev.foothold.config.SettingValues";

    /** The description of one setting. */
    public static final String SETTING_SPEC = "dev.foothold.config.SettingSpec";

    /** How the text of a setting is read. */
    public static final String SETTING_TYPE = "dev.foothold.config.SettingType";

    /** The description of a record of settings. */
    public static final String SETTING_GROUP = "dev.foothold.config.SettingGroup";

    /** The description of the ways to authenticate. */
    public static final String CREDENTIAL_SCHEMA = "dev.foothold.config.CredentialSchema";

    /** The description of all that a provider can be told. */
    public static final String PROVIDER_SCHEMA = "dev.foothold.config.ProviderSchema";

    /** A text that is never shown. */
    public static final String SECRET = "dev.foothold.config.Secret";

    /** An amount of data. */
    public static final String DATA_SIZE = "dev.foothold.config.DataSize";

    /** What a cloud may be able to do beyond machines: the names of capabilities by the SPI that says so. */
    public static final Map<String, String> CAPABILITIES = Map.of(
            ZONED_ENVIRON,
            "zones",
            "dev.foothold.environ.HasResources",
            "resources",
            "dev.foothold.environ.InstanceTagger",
            "tagging",
            "dev.foothold.environ.CredentialProbe",
            "credential-probe");

    private static final List<String> ALL = Stream.concat(
                    Stream.of(
                            PROVIDER,
                            ZONED_PROVIDER,
                            SETTING,
                            CREDENTIAL,
                            PROVIDER_GENERATED,
                            ENVIRON,
                            MODEL_SETTINGS,
                            FOOTHOLD,
                            DEFAULT_PROVIDER,
                            DEFAULT_ZONED_PROVIDER,
                            PROVIDER_FACTORY,
                            SETTINGS,
                            SETTING_VALUES,
                            SETTING_SPEC,
                            SETTING_TYPE,
                            SETTING_GROUP,
                            CREDENTIAL_SCHEMA,
                            PROVIDER_SCHEMA,
                            SECRET,
                            DATA_SIZE),
                    CAPABILITIES.keySet().stream())
            .sorted()
            .toList();

    private RuntimeTypes() {}

    /**
     * Lists all of them.
     *
     * @return qualified names, sorted
     */
    public static List<String> all() {
        return ALL;
    }
}
