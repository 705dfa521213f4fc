package dev.foothold.cloudinit;

import dev.foothold.config.DataSize;

/**
 * Describes a file to swap to.
 *
 * @param path absolute; {@value #DEFAULT_PATH} by default
 * @param size how large it is; zero for as large as cloud-init finds right for the machine's memory
 * @param most the largest it may become if cloud-init chooses; zero for no limit
 */
public record Swap(String path, DataSize size, DataSize most) {

    /** Where the file is by default. */
    public static final String DEFAULT_PATH = "/swap.img";

    /**
     * Creates a description.
     *
     * @param path absolute
     * @param size how large it is; zero for as large as cloud-init finds right
     * @param most the largest it may become if cloud-init chooses; zero for no limit
     * @throws IllegalArgumentException if the path is not absolute
     */
    public Swap {
        Checked.word("swap file", Checked.path("swap file", path));
    }

    /**
     * Swaps to a file of a size.
     *
     * @param size how large it is
     * @return the description, at {@value #DEFAULT_PATH}
     */
    public static Swap of(DataSize size) {
        return new Swap(DEFAULT_PATH, size, DataSize.ofBytes(0));
    }

    /**
     * Swaps to a file as large as cloud-init finds right for the machine's memory.
     *
     * @param most the largest it may become; zero for no limit
     * @return the description, at {@value #DEFAULT_PATH}
     */
    public static Swap automatic(DataSize most) {
        return new Swap(DEFAULT_PATH, DataSize.ofBytes(0), most);
    }

    /**
     * Chooses the place.
     *
     * @param file absolute
     * @return the changed copy
     * @throws IllegalArgumentException if the path is not absolute
     */
    public Swap at(String file) {
        return new Swap(file, size, most);
    }
}
