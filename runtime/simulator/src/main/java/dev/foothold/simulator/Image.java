package dev.foothold.simulator;

/**
 * Describes an image that instances start from.
 *
 * @param id what the API calls it
 * @param os operating system as in {@code ID} of os-release, for example {@code ubuntu}
 * @param version version as in {@code VERSION_ID} of os-release, for example {@code 24.04}
 * @param arch processor architecture; an instance's offering must have the same
 */
public record Image(String id, String os, String version, String arch) {}
