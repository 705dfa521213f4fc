package dev.foothold.processor.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** Knows the form of provider and setting names: lower-case letters, digits and hyphens, starting with a letter. */
public final class KebabCase {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*");

    private KebabCase() {}

    /**
     * Tells whether a name has the form.
     *
     * @param name the name
     * @return whether it may be used as it is
     */
    public static boolean matches(String name) {
        return FORM.matcher(name).matches();
    }

    /**
     * Brings a name nearer to the form: {@code rootDisk} gives {@code root-disk}, {@code Acme Cloud} gives {@code
     * acme-cloud}.
     *
     * @param name a name of any form
     * @return the nearest that can be derived; it need not match the form, and may be empty
     */
    public static String of(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s_.:/$-]+", "-")
                .replaceAll("^-|-$", "");
    }
}
