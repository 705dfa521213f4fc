package dev.foothold.machine;

import java.util.Objects;

/**
 * Describes an image a machine can be started from.
 *
 * @param id what the cloud calls it
 * @param base the operating system on it
 * @param arch the architecture it runs on
 */
public record ImageMetadata(String id, Base base, Arch arch) {

    /**
     * Creates a description.
     *
     * @param id what the cloud calls it
     * @param base the operating system on it
     * @param arch the architecture it runs on
     * @throws IllegalArgumentException if the id is blank
     */
    public ImageMetadata {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(arch, "arch");
        if (id.isBlank()) {
            throw new IllegalArgumentException("the id of an image for " + base + " must not be blank");
        }
    }

    /**
     * Describes an image.
     *
     * @param id what the cloud calls it
     * @param base the operating system on it
     * @param arch the architecture it runs on
     * @return the description
     * @throws IllegalArgumentException if the id is blank
     */
    public static ImageMetadata of(String id, Base base, Arch arch) {
        return new ImageMetadata(id, base, arch);
    }
}
