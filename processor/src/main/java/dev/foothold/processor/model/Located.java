package dev.foothold.processor.model;

/**
 * Keeps a value together with where it was written.
 *
 * @param value the value
 * @param place where to complain about it
 * @param <T> the type of the value
 */
public record Located<T>(T value, Place place) {}
