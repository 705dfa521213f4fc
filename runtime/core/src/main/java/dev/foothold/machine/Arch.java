package dev.foothold.machine;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names a processor architecture, as Debian and Ubuntu call it. */
public enum Arch {
    /** 64-bit x86. */
    AMD64,
    /** 64-bit ARM. */
    ARM64,
    /** 32-bit ARM with floating point. */
    ARMHF,
    /** 32-bit x86. */
    I386,
    /** 64-bit POWER, little endian. */
    PPC64EL,
    /** 64-bit RISC-V. */
    RISCV64,
    /** IBM Z. */
    S390X;

    /**
     * Renders the name as it is written in constraints and image lists.
     *
     * @return lower case, for example {@code amd64}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a name.
     *
     * @param text exactly as {@link #text()} writes it
     * @return the architecture
     * @throws IllegalArgumentException if there is none of that name; the message lists them
     */
    public static Arch parse(String text) {
        return Arrays.stream(values())
                .filter(arch -> arch.text().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("architecture \"" + text + "\" is not known; use one of "
                                + Arrays.stream(values()).map(Arch::text).collect(Collectors.joining(", "))));
    }
}
