package dev.foothold.bootstrap;

import dev.foothold.machine.Base;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses operating systems that whoever asks for a machine does not support on it. */
final class SupportedBases {

    private static final String UBUNTU = "ubuntu";

    private SupportedBases() {}

    static void check(BootstrapParams params) {
        Set<Base> supported = params.supported();
        Base base = params.base();
        if (supported == null || params.forced() || supported.contains(base)) {
            return;
        }
        String there = supported.isEmpty()
                ? "none is supported"
                : "supported are "
                        + supported.stream().map(Base::toString).sorted().collect(Collectors.joining(", "));
        // Another release may work; nothing is made for another system.
        boolean related = base.os().equals(UBUNTU)
                || supported.stream().anyMatch(one -> one.os().equals(base.os()));
        throw new BootstrapException(
                related
                        ? "base " + base + " is not supported: " + there + "; force() overrides that"
                        : "base " + base + " is not valid: " + there,
                null);
    }
}
