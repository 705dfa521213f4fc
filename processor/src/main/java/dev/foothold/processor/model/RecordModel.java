package dev.foothold.processor.model;

import java.util.List;

/**
 * Holds a record that settings are read into.
 *
 * @param type the record
 * @param isVisible whether generated code can call its canonical constructor
 * @param showsSecrets whether its {@code toString} is the one that the compiler makes, which shows every component
 * @param settings one for each component, in order
 */
public record RecordModel(TypeRef type, boolean isVisible, boolean showsSecrets, List<SettingModel> settings) {}
