package dev.foothold.config;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with one setting.
 *
 * @param key the whole path of the setting, for example {@code zones[2].name}; empty if it is not about one
 * @param source where what is wrong came from; null if the setting is missing
 * @param message what was found and what was expected; never the value of a secret or of an unknown key
 * @serial exclude
 */
public record SettingFault(String key, @Nullable SettingSource source, String message) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a fault.
     *
     * @param key the whole path of the setting
     * @param source where what is wrong came from, or null
     * @param message what was found and what was expected
     */
    public SettingFault {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(message, "message");
    }

    /**
     * Gives all of it as one line.
     *
     * @return for example {@code timeout (acme.yaml, line 3): found "soon", expected a duration …}
     */
    @Override
    public String toString() {
        if (key.isEmpty()) {
            return source == null ? message : source + ": " + message;
        }
        return source == null ? key + ": " + message : key + " (" + source + "): " + message;
    }
}
