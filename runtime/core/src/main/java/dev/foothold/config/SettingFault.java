package dev.foothold.config;

import java.io.Serializable;
import java.util.Objects;

/**
 * Says what is wrong with one setting.
 *
 * @param key the setting
 * @param message what was found, what was expected and where it may come from; never the value of a secret
 */
public record SettingFault(String key, String message) implements Serializable {

    /** Creates a fault. */
    public SettingFault {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return key + ": " + message;
    }
}
