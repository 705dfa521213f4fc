package dev.foothold.processor.check;

import dev.foothold.processor.model.KebabCase;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.Place;
import dev.foothold.processor.model.RecordModel;
import dev.foothold.processor.model.SettingModel;
import dev.foothold.processor.model.SettingValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges the settings of the records that a constructor takes, and of the records in them. */
final class SettingsCheck {

    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final Map<String, String> reserved;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> judged = new HashSet<>();
    private final Set<String> said = new HashSet<>();

    /**
     * Creates a judge.
     *
     * @param reserved keys that have a meaning already, and what gives it to them
     */
    SettingsCheck(Map<String, String> reserved) {
        this.reserved = reserved;
    }

    /**
     * Judges records whose settings users give side by side, so that they share one set of names.
     *
     * @param records the configuration and one kind of credential, or one of the two
     * @return what is wrong that was not found before
     */
    List<Finding> together(List<RecordModel> records) {
        findings.clear();
        names(records, reserved);
        records.forEach(this::record);
        return List.copyOf(findings);
    }

    /** Finds names that are there twice; once said of a record, nothing more is said of its other names. */
    private void names(List<RecordModel> records, Map<String, String> reserved) {
        Map<String, RecordModel> owners = new HashMap<>();
        for (RecordModel record : records) {
            for (Located<String> key : record.settings().stream()
                    .flatMap(setting -> setting.keys().stream())
                    .toList()) {
                if (reserved.containsKey(key.value())) {
                    String owner = reserved.get(key.value());
                    add(Problem.DUPLICATE_SETTING.at(key.place(), key.value(), record.type(), owner));
                }
                RecordModel owner = owners.putIfAbsent(key.value(), record);
                if (owner != null) {
                    add(Problem.DUPLICATE_SETTING.at(key.place(), key.value(), record.type(), owner.type()));
                    if (owner != record && owner.type().equals(record.type())) {
                        break; // the same record twice: that is one mistake
                    }
                }
            }
        }
    }

    private void record(RecordModel record) {
        if (!judged.add(record.type().qualifiedName())) {
            return;
        }
        for (SettingModel setting : record.settings()) {
            setting.keys().forEach(key -> form(key, record));
            setting.environmentVariable().ifPresent(variable -> variable(variable, setting));
            if (setting.value().isEmpty()) {
                add(Problem.UNSUPPORTED_SETTING_TYPE.at(
                        setting.place(), name(setting), record.type(), setting.typeText()));
            } else {
                value(setting, setting.value().get(), record);
            }
        }
    }

    private void form(Located<String> key, RecordModel record) {
        if (!KebabCase.matches(key.value())) {
            add(Problem.BAD_SETTING_NAME.at(
                    key.place(), key.value(), record.type(), ProviderChecker.suggestion(key.value())));
        }
    }

    private void variable(Located<String> variable, SettingModel setting) {
        if (!VARIABLE.matcher(variable.value()).matches()) {
            String better =
                    KebabCase.of(variable.value()).toUpperCase(Locale.ROOT).replace('-', '_');
            String suggestion = VARIABLE.matcher(better).matches() ? " Did you mean \"" + better + "\"?" : "";
            add(Problem.BAD_VARIABLE.at(variable.place(), variable.value(), name(setting), suggestion));
        }
    }

    private void value(SettingModel setting, SettingValue value, RecordModel record) {
        SettingValue innermost = value.innermost();
        if (innermost instanceof SettingValue.Recursion recursion) {
            add(Problem.RECURSIVE_SETTING.at(setting.place(), name(setting), record.type(), recursion.type()));
        } else if (innermost instanceof SettingValue.Group group) {
            if (group.record().isVisible()) {
                nested(setting, value, group.record());
            } else {
                add(Problem.HIDDEN_RECORD.at(setting.place(), group.record().type(), name(setting)));
            }
        } else {
            secret(setting, record);
            attributes(setting, value);
        }
    }

    private void nested(SettingModel setting, SettingValue value, RecordModel record) {
        names(List.of(record), Map.of());
        record(record);
        String group = "a record, but with its components";
        setting.secret().ifPresent(place -> misplaced(place, "secret", setting, group));
        setting.immutable().ifPresent(place -> misplaced(place, "immutable", setting, group));
        if (value instanceof SettingValue.ListOf || value instanceof SettingValue.MapOf) {
            attributes(setting, value);
        } else {
            setting.defaultText().ifPresent(text -> misplaced(text.place(), "defaultValue", setting, group));
            inOneText(setting, group);
        }
    }

    /** Complains of what would have to be read from one text. */
    private void inOneText(SettingModel setting, String with) {
        setting.environmentVariable().ifPresent(variable -> misplaced(variable.place(), "env", setting, with));
        inOneFile(setting, with);
    }

    private void inOneFile(SettingModel setting, String with) {
        setting.fileKey().ifPresent(key -> misplaced(key.place(), "orFile", setting, with));
        setting.fromFile().ifPresent(place -> misplaced(place, "fromFile", setting, with));
    }

    private void secret(SettingModel setting, RecordModel record) {
        if (!setting.isSecret()) {
            return;
        }
        setting.defaultText()
                .ifPresent(text -> add(Problem.SECRET_WITH_DEFAULT.at(text.place(), name(setting), record.type())));
        setting.immutable().ifPresent(place -> misplaced(place, "immutable", setting, "a secret, which is not kept"));
        if (record.showsSecrets() && setting.value().get().innermost() != SettingValue.Standard.SECRET) {
            add(Problem.EXPOSED_SECRET.at(setting.place(), name(setting), record.type()));
        }
    }

    private void attributes(SettingModel setting, SettingValue value) {
        Optional<Located<String>> defaultText = setting.defaultText();
        if (value instanceof SettingValue.OptionalOf optional) {
            defaultText.ifPresent(text -> misplaced(text.place(), "defaultValue", setting, "an Optional"));
            sources(setting, optional.element());
        } else {
            sources(setting, value);
            if (!setting.isSecret() && setting.fromFile().isEmpty()) {
                defaultText.ifPresent(text -> fits(setting, value, text));
            }
        }
    }

    /** Judges where a value can come from, by its type. */
    private void sources(SettingModel setting, SettingValue value) {
        if (!DefaultText.exists(value)) {
            inOneText(setting, "a list or map of what has parts of its own, which has no form as one text");
        } else if (value instanceof SettingValue.ListOf || value instanceof SettingValue.MapOf) {
            inOneFile(setting, "a list or map, which no file holds");
        } else if (setting.fromFile().isPresent()) {
            setting.fileKey().ifPresent(key -> misplaced(key.place(), "orFile", setting, "fromFile"));
        }
    }

    private void fits(SettingModel setting, SettingValue value, Located<String> text) {
        DefaultText.expectedInstead(value, text.value())
                .ifPresent(expected -> add(Problem.BAD_DEFAULT.at(
                        text.place(), text.value(), name(setting), expected, similar(value, text.value()))));
    }

    /** Suggests the constant that was written as Java has it. */
    private static String similar(SettingValue value, String text) {
        String word = KebabCase.of(text);
        return value instanceof SettingValue.OneOf oneOf
                        && oneOf.constants().stream().map(DefaultText::word).anyMatch(word::equals)
                ? " Did you mean \"" + word + "\"?"
                : "";
    }

    private void misplaced(Place place, String attribute, SettingModel setting, String with) {
        add(Problem.MISPLACED_ATTRIBUTE.at(place, attribute, name(setting), with));
    }

    private static String name(SettingModel setting) {
        return setting.key().value();
    }

    /** A record may be met several times; what is wrong with it is said once. */
    private void add(Finding finding) {
        if (said.add(finding.message())) {
            findings.add(finding);
        }
    }
}
