package dev.foothold.simulator;

/**
 * Describes an availability zone.
 *
 * @param name what the API calls it
 * @param available whether it takes instances at all
 */
public record Zone(String name, boolean available) {}
