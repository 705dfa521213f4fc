package dev.foothold.cloudinit;

import java.util.Locale;

/** The parts of a first boot whose output can go to different places. */
public enum OutputStage {
    /** Until the network is up: boot commands, files, users. */
    INIT,
    /** What configures the system: time zone, sources of packages. */
    CONFIG,
    /** Packages and commands. */
    FINAL,
    /** Every part for which nothing else is said. The only one of a machine that runs already. */
    ALL;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
