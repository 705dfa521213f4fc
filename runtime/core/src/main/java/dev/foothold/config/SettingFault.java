package dev.foothold.config;

/**
 * Says what is wrong with one setting.
 *
 * @param key the setting
 * @param message what was found, what was expected and where it may come from; never the value of a secret
 * @serial exclude
 */
public record SettingFault(String key, String message) {

    @Override
    public String toString() {
        return key + ": " + message;
    }
}
