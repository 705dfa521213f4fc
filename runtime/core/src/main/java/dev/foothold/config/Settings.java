package dev.foothold.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the values that a user gives to a provider, as text.
 *
 * <p>A value is looked for under its key first, then in the environment variable its {@link SettingSpec} names; an
 * environment variable that is empty counts as not set. Instances are immutable and safe for use by several threads.
 */
public final class Settings {

    private final Map<String, String> values;
    private final Map<String, String> environment;

    private Settings(Map<String, String> values, Map<String, String> environment) {
        this.values = Map.copyOf(values);
        this.environment = Map.copyOf(environment);
    }

    /**
     * Makes settings of values by key.
     *
     * @param values the values; copied
     * @return settings that know no environment variables
     */
    public static Settings of(Map<String, String> values) {
        return new Settings(values, Map.of());
    }

    /**
     * Sets the environment variables that may be asked; without this, none are.
     *
     * @param variables for example {@link System#getenv()}; copied
     * @return the changed copy
     */
    public Settings withEnvironment(Map<String, String> variables) {
        return new Settings(values, variables);
    }

    /**
     * Starts to read the settings of one provider.
     *
     * @param providerName the provider, for messages
     * @param specs every setting the provider knows; other keys are faults
     * @return a reader that has read nothing yet
     */
    public SettingsReader reader(String providerName, List<SettingSpec<?>> specs) {
        return new SettingsReader(this, providerName, specs);
    }

    Set<String> keys() {
        return new TreeSet<>(values.keySet());
    }

    @Nullable
    String value(String key) {
        return values.get(key);
    }

    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /**
     * Names the keys that are given, never their values.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return "Settings" + keys();
    }
}
