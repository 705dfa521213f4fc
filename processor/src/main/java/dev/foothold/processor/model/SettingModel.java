package dev.foothold.processor.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds one component of a configuration or credential record.
 *
 * @param component the component's name in the record
 * @param place its declaration
 * @param key the setting's name
 * @param typeText its type, as messages show it
 * @param value how it is read; empty if its type is not supported
 * @param doc what it is for; may be empty
 * @param defaultText the text that is read when it is given nowhere; empty if there is none
 * @param secret where it is said that its value must not be shown; empty if it may be
 * @param environmentVariable the variable that is asked when the key is not given
 * @param immutable where it is said that its value stays as it was when the model was made; empty if it may change
 * @param deprecatedNames names that are still understood
 * @param fileKey the key under which a file that holds the value can be named instead
 * @param fromFile where it is said that what is given is the name of a file; empty if it is the value itself
 */
public record SettingModel(
        String component,
        Place place,
        Located<String> key,
        String typeText,
        Optional<SettingValue> value,
        String doc,
        Optional<Located<String>> defaultText,
        Optional<Place> secret,
        Optional<Located<String>> environmentVariable,
        Optional<Place> immutable,
        List<Located<String>> deprecatedNames,
        Optional<Located<String>> fileKey,
        Optional<Place> fromFile) {

    /**
     * Tells whether the value must not be shown.
     *
     * @return whether it is marked as a secret, or of the type of secrets
     */
    public boolean isSecret() {
        return secret.isPresent()
                || value.map(SettingValue::innermost)
                        .filter(SettingValue.Standard.SECRET::equals)
                        .isPresent();
    }

    /**
     * Lists every key that the setting answers to.
     *
     * @return its name, the deprecated ones, and the one for a file
     */
    public List<Located<String>> keys() {
        List<Located<String>> keys = new ArrayList<>(List.of(key));
        keys.addAll(deprecatedNames);
        fileKey.ifPresent(keys::add);
        return List.copyOf(keys);
    }
}
