package dev.foothold.firewall;

import java.util.Locale;

/** Says what something is open for; it stands in a comment on the machine. */
public enum Purpose {
    /** The platform's own ports: what stays open when everything else is closed. */
    INTERNAL,
    /** What users have opened. */
    INGRESS;

    /** Gives the comment that marks rules for this purpose. */
    String comment() {
        return "foothold " + name().toLowerCase(Locale.ROOT);
    }
}
