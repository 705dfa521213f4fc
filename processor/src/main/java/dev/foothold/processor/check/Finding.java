package dev.foothold.processor.check;

import dev.foothold.processor.model.Place;

/**
 * Holds one thing that was found wrong.
 *
 * @param problem what kind of thing
 * @param place where it is
 * @param message what to print there
 */
public record Finding(Problem problem, Place place, String message) {}
