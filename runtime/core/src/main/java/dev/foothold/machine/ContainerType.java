package dev.foothold.machine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names what a machine may be inside of another one. */
public enum ContainerType {
    /** No container: the machine itself. */
    NONE,
    /** A system container of LXD. */
    LXD,
    /** A virtual machine of KVM. */
    KVM;

    /**
     * Renders the name as it is written in constraints and placements.
     *
     * @return lower case, for example {@code lxd}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name.
     *
     * @param text exactly as {@link #text()} writes it
     * @return the kind
     * @throws IllegalArgumentException if there is none of that name; the message lists them
     */
    public static ContainerType parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException("container type \"" + text
                        + "\" is not known; use one of "
                        + Arrays.stream(values()).map(ContainerType::text).collect(Collectors.joining(", "))));
    }

    /**
     * Looks up a name.
     *
     * @param text exactly as {@link #text()} writes it
     * @return the kind; empty if there is none of that name
     */
    public static Optional<ContainerType> find(String text) {
        return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
    }
}
