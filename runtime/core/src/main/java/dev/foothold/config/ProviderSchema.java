package dev.foothold.config;

import dev.foothold.internal.json.Json;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes all that a provider can be told: its configuration and its credential.
 *
 * <pre>{@code
 * ProviderSchema SCHEMA = ProviderSchema.of("acme").withConfiguration(CONFIG).withCredential(CREDENTIAL);
 *
 * SettingValues in = SCHEMA.read(settings);
 * open(in.get(CONFIG), in.get(CREDENTIAL));
 * }</pre>
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class ProviderSchema {

    private final String providerName;
    private final @Nullable SettingGroup<?> configuration;
    private final @Nullable CredentialSchema<?> credential;

    private ProviderSchema(
            String providerName, @Nullable SettingGroup<?> configuration, @Nullable CredentialSchema<?> credential) {
        this.providerName = Objects.requireNonNull(providerName, "providerName");
        this.configuration = configuration;
        this.credential = credential;
        if (configuration != null && credential != null) {
            Set<String> shared = new LinkedHashSet<>(credential.keys());
            shared.add(CredentialSchema.AUTH_TYPE);
            shared.retainAll(configuration.specs().stream()
                    .flatMap(spec -> spec.keys().stream())
                    .toList());
            if (!shared.isEmpty()) {
                throw new IllegalArgumentException("configuration and credential of provider \"" + providerName
                        + "\" share the keys " + shared + "; rename one of each");
            }
        }
    }

    /**
     * Describes a provider that cannot be told anything.
     *
     * @param providerName the provider, for messages
     * @return the schema
     */
    public static ProviderSchema of(String providerName) {
        return new ProviderSchema(providerName, null, null);
    }

    /**
     * Sets what can be configured.
     *
     * @param group the settings
     * @return the changed copy
     * @throws IllegalArgumentException if the credential has a key of the same name
     */
    public ProviderSchema withConfiguration(SettingGroup<?> group) {
        return new ProviderSchema(providerName, Objects.requireNonNull(group, "group"), credential);
    }

    /**
     * Sets what proves who is asking.
     *
     * @param schema the ways to authenticate
     * @return the changed copy
     * @throws IllegalArgumentException if the configuration has a key of the same name, or one called
     *     {@value CredentialSchema#AUTH_TYPE}
     */
    public ProviderSchema withCredential(CredentialSchema<?> schema) {
        return new ProviderSchema(providerName, configuration, Objects.requireNonNull(schema, "schema"));
    }

    /**
     * Names the provider.
     *
     * @return its name
     */
    public String providerName() {
        return providerName;
    }

    /**
     * Gives what can be configured.
     *
     * @return empty if nothing can
     */
    public Optional<SettingGroup<?>> configuration() {
        return Optional.ofNullable(configuration);
    }

    /**
     * Gives what proves who is asking.
     *
     * @return empty if the provider needs no credential
     */
    public Optional<CredentialSchema<?>> credential() {
        return Optional.ofNullable(credential);
    }

    /**
     * Reads everything: each value under its key, else from its environment variable, else by default. The credential
     * is the one the settings hold as a whole, or else of the type that key {@value CredentialSchema#AUTH_TYPE} names,
     * or else of the only type that knows all keys that are given and can be complete.
     *
     * @param settings what is given
     * @return the values, all of them without fault
     * @throws SettingsException if something is missing, wrong, unknown or given twice, or a file cannot be read; it
     *     lists all faults
     */
    public SettingValues read(Settings settings) {
        Reading in = settings.newReading();
        Scope root = new Scope(settings.given(), "", true, false, false, false);
        Map<Object, Object> values = new HashMap<>();
        Set<String> keys = new LinkedHashSet<>();
        if (configuration != null) {
            put(values, configuration, configuration.read(in, root, "the configuration"));
            keys.addAll(configuration.keys());
        }
        if (credential != null) {
            Credential whole = settings.credential().orElse(null);
            put(values, credential, credential.read(in, root, whole));
            keys.addAll(credential.keys());
            keys.add(CredentialSchema.AUTH_TYPE);
        } else if (settings.credential().isPresent()) {
            in.fault(
                    "",
                    SettingSource.credential(settings.credential().get().label()),
                    "is not wanted: provider \"" + providerName + "\" has no credential");
        }
        in.refuseUnused(root, keys);
        List<SettingFault> faults = in.faults();
        if (!faults.isEmpty()) {
            throw new SettingsException("the settings of provider \"" + providerName + "\"", faults);
        }
        return new SettingValues(values, in);
    }

    /**
     * Looks for credentials in environment variables.
     *
     * @param environment the variables, for example {@link System#getenv()}
     * @return a credential, labelled {@code environment}, for each way to authenticate of which all that is needed, and
     *     at least something, is there; files that they name are not read yet
     */
    public List<Credential> detectCredentials(Map<String, String> environment) {
        return credential == null ? List.of() : credential.detect(environment);
    }

    /**
     * Describes the documents that {@link Settings#yaml} and {@link #read} take, for editors and validators.
     *
     * @return JSON Schema, draft 2020-12, as indented text that ends with a line feed; the same for equal schemas. What
     *     environment variables can bring is not required, and neither is a credential, which can be kept apart
     */
    public String jsonSchema() {
        return Json.pretty(
                JsonSchema.document("Settings of provider \"" + providerName + "\"", configuration, credential));
    }

    /**
     * Describes all settings in tables, for people.
     *
     * @return GitHub-flavoured Markdown that ends with a line feed; the same for equal schemas
     */
    public String markdown() {
        return Markdown.reference(providerName, configuration, credential);
    }

    private static void put(Map<Object, Object> values, Object key, @Nullable Read<?> read) {
        if (read != null) {
            values.put(key, read.value());
        }
    }
}
