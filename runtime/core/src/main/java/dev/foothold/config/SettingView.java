package dev.foothold.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shows what one setting is, for people to look at.
 *
 * @param key the whole path of the setting
 * @param value its value as text, lists and maps as JSON; {@code (secret)} for a secret, empty for what is not there
 * @param source where it came from; null for what is not there
 */
public record SettingView(
        String key, String value, @Nullable SettingSource source) {

    /**
     * Creates a view.
     *
     * @param key the whole path of the setting
     * @param value its value as text
     * @param source where it came from, or null
     */
    public SettingView {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }

    /**
     * Gives it as one line.
     *
     * @return for example {@code region = north (acme.yaml, line 3)}
     */
    @Override
    public String toString() {
        return source == null ? key + " is not given" : key + " = " + value + " (" + source + ")";
    }
}
