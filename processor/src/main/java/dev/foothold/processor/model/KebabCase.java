package dev.foothold.processor.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** Knows the form of provider and setting names: lower-case letters, digits and hyphens, starting with a letter. */
public final class KebabCase {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*");

    private static final Pattern WORD_START = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern AFTER_ACRONYM = Pattern.compile("([A-Z])([A-Z][a-z])");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s_.:/$-]+");
    private static final Pattern AT_AN_END = Pattern.compile("^-|-$");

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
        if (matches(name) && !name.endsWith("-")) {
            return name;
        }
        String words = WORD_START.matcher(name).replaceAll("$1-$2");
        words = AFTER_ACRONYM.matcher(words).replaceAll("$1-$2").toLowerCase(Locale.ROOT);
        return AT_AN_END.matcher(SEPARATORS.matcher(words).replaceAll("-")).replaceAll("");
    }
}
