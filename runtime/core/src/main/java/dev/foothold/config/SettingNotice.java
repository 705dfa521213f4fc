package dev.foothold.config;

import java.util.Objects;

/**
 * Says what is still accepted, but should be changed.
 *
 * @param key the whole path of the setting
 * @param source where the value came from
 * @param message what to do; never a value
 */
public record SettingNotice(String key, SettingSource source, String message) {

    /**
     * Creates a notice.
     *
     * @param key the whole path of the setting
     * @param source where the value came from
     * @param message what to do
     */
    public SettingNotice {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(message, "message");
    }

    /**
     * Gives all of it as one line.
     *
     * @return for example {@code retry.pause (acme.yaml, line 3): is the old name of …}
     */
    @Override
    public String toString() {
        return key + " (" + source + "): " + message;
    }
}
