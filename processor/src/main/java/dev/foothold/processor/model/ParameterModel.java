package dev.foothold.processor.model;

import java.util.Optional;

/**
 * Holds one parameter of a constructor.
 *
 * @param name its name
 * @param place its declaration
 * @param typeText its type, as messages show it
 * @param record the record it takes; empty if it is none, has type parameters, or cannot be seen by generated code
 */
public record ParameterModel(String name, Place place, String typeText, Optional<RecordModel> record) {}
