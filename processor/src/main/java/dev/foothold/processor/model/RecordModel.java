package dev.foothold.processor.model;

import java.util.List;

/**
 * Holds a record that settings are read into.
 *
 * @param type the record
 * @param settings one for each component, in order
 */
public record RecordModel(TypeRef type, List<SettingModel> settings) {}
