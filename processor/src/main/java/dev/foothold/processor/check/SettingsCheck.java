package dev.foothold.processor.check;

import dev.foothold.processor.model.KebabCase;
import dev.foothold.processor.model.RecordModel;
import dev.foothold.processor.model.SettingModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges the settings of all the records a constructor takes, which share one set of names. */
final class SettingsCheck {

    private SettingsCheck() {}

    static List<Finding> of(List<RecordModel> records) {
        List<Finding> findings = new ArrayList<>();
        Map<String, RecordModel> owners = new HashMap<>();
        for (RecordModel record : records) {
            for (SettingModel setting : record.settings()) {
                String key = setting.key();
                RecordModel owner = owners.putIfAbsent(key, record);
                if (!KebabCase.matches(key)) {
                    findings.add(Problem.BAD_SETTING_NAME.at(
                            setting.place(), key, record.type(), ProviderChecker.suggestion(key)));
                } else if (owner != null) {
                    findings.add(Problem.DUPLICATE_SETTING.at(setting.place(), key, record.type(), owner.type()));
                    if (owner != record && owner.type().equals(record.type())) {
                        break; // the same record twice: that is one mistake
                    }
                }
                if (setting.value().isEmpty()) {
                    findings.add(Problem.UNSUPPORTED_SETTING_TYPE.at(
                            setting.place(), key, record.type(), setting.typeText()));
                }
            }
        }
        return findings;
    }
}
