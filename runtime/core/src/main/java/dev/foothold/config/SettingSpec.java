package dev.foothold.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes one setting of a provider: its key, the form of its value, and where else the value may come from.
 *
 * @param name the key in maps, files and messages, for example {@code root-disk}
 * @param type the form of the value
 * @param doc what the setting is for, in plain text; empty if nothing is said
 * @param defaultText the text that is read when the setting is given nowhere, or null if it must be given
 * @param secret whether the value must not be shown
 * @param environmentVariable the variable that is asked when the key is not given, or null for none
 * @param <T> the type of the value
 */
public record SettingSpec<T>(
        String name,
        SettingType<T> type,
        String doc,
        @Nullable String defaultText,
        boolean secret,
        @Nullable String environmentVariable) {

    /**
     * Creates a description; {@link #of} and the withers read better.
     *
     * @param name the key
     * @param type the form of the value
     * @param doc what the setting is for
     * @param defaultText the default, or null
     * @param secret whether the value must not be shown
     * @param environmentVariable the variable, or null
     * @throws IllegalArgumentException if the name or the environment variable is blank
     */
    public SettingSpec {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(doc, "doc");
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a setting must not be blank");
        }
        if (environmentVariable != null && environmentVariable.isBlank()) {
            throw new IllegalArgumentException("the environment variable of setting \"" + name + "\" is blank");
        }
    }

    /**
     * Describes a setting that must be given, is no secret, and comes from nowhere else.
     *
     * @param name the key
     * @param type the form of the value
     * @param <T> the type of the value
     * @return the description
     * @throws IllegalArgumentException if the name is blank
     */
    public static <T> SettingSpec<T> of(String name, SettingType<T> type) {
        return new SettingSpec<>(name, type, "", null, false, null);
    }

    /**
     * Says what the setting is for.
     *
     * @param text plain text
     * @return the changed copy
     */
    public SettingSpec<T> withDoc(String text) {
        return new SettingSpec<>(name, type, text, defaultText, secret, environmentVariable);
    }

    /**
     * Sets what is read when the setting is given nowhere.
     *
     * @param text the default, as a user would write it
     * @return the changed copy
     */
    public SettingSpec<T> withDefault(String text) {
        return new SettingSpec<>(name, type, doc, Objects.requireNonNull(text, "text"), secret, environmentVariable);
    }

    /**
     * Says that the value must not be shown.
     *
     * @return the changed copy
     */
    public SettingSpec<T> asSecret() {
        return new SettingSpec<>(name, type, doc, defaultText, true, environmentVariable);
    }

    /**
     * Sets the variable that is asked when the key is not given.
     *
     * @param variable the name of the variable
     * @return the changed copy
     * @throws IllegalArgumentException if the name is blank
     */
    public SettingSpec<T> withEnvironmentVariable(String variable) {
        return new SettingSpec<>(name, type, doc, defaultText, secret, Objects.requireNonNull(variable, "variable"));
    }

    /**
     * Shows the description, but not the default of a secret.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        String shown = secret && defaultText != null ? "(secret)" : defaultText;
        return "SettingSpec[name=" + name + ", type=" + type + ", doc=" + doc + ", defaultText=" + shown + ", secret="
                + secret + ", environmentVariable=" + environmentVariable + "]";
    }
}
