package dev.foothold.processor.model;

import java.util.Optional;

/**
 * Holds one component of a configuration or credential record.
 *
 * @param component the component's name in the record
 * @param place its declaration
 * @param key the setting's name
 * @param typeText its type, as messages show it
 * @param value how it is read from text; empty if its type is not supported
 * @param doc what it is for; may be empty
 * @param defaultText the text that is read when it is given nowhere; empty if it must be given
 * @param secret whether its value must not be shown
 * @param environmentVariable the variable that is asked when the key is not given
 */
public record SettingModel(
        String component,
        Place place,
        String key,
        String typeText,
        Optional<SettingValue> value,
        String doc,
        Optional<String> defaultText,
        boolean secret,
        Optional<String> environmentVariable) {}
