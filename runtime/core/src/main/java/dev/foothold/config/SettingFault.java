package dev.foothold.config;

import java.io.Serializable;

/**
 * Says what is wrong with one setting.
 *
 * @param key the setting
 * @param message what was found, what was expected and where it may come from; never the value of a secret
 * @serial exclude
 */
public record SettingFault(String key, String message) implements Serializable {

    @Override
    public String toString() {
        return key + ": " + message;
    }
}
