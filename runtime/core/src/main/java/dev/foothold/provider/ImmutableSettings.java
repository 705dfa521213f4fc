package dev.foothold.provider;

import dev.foothold.config.SettingFault;
import dev.foothold.config.SettingValues;
import dev.foothold.config.SettingView;
import dev.foothold.config.SettingsException;
import dev.foothold.model.ModelSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares what cannot change about a model with what it is opened with. */
final class ImmutableSettings {

    private ImmutableSettings() {}

    /**
     * Lays the immutable settings of an opening over those that are kept with the model, which may be older than a
     * setting.
     *
     * @throws SettingsException if one of them has another value than is kept
     */
    static ModelSettings merge(String provider, ModelSettings model, SettingValues values) {
        Map<String, String> kept = model.immutableSettings();
        List<SettingFault> faults = new ArrayList<>();
        values.immutable().forEach((key, value) -> {
            String old = kept.getOrDefault(key, value);
            if (!old.equals(value)) {
                faults.add(
                        new SettingFault(
                                key,
                                values.views().stream()
                                        .filter(view -> view.key().equals(key))
                                        .findFirst()
                                        .map(SettingView::source)
                                        .orElse(null),
                                "is " + (value.isEmpty() ? "not given" : "\"" + value + "\"") + ", but model \""
                                        + model.name()
                                        + "\" was made " + (old.isEmpty() ? "without it" : "with \"" + old + "\"")
                                        + ", and this setting cannot change; set it back, or destroy the model and make it anew"));
            }
        });
        if (!faults.isEmpty()) {
            throw new SettingsException("the settings of provider \"" + provider + "\"", faults);
        }
        Map<String, String> merged = new LinkedHashMap<>(kept);
        merged.putAll(values.immutable());
        return model.withImmutableSettings(merged);
    }
}
