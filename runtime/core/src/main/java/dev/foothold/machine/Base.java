package dev.foothold.machine;

import java.util.regex.Pattern;

/**
 * Names an operating system and its release.
 *
 * @param os lower-case name, for example {@code ubuntu}
 * @param channel the release, for example {@code 24.04}
 */
public record Base(String os, String channel) {

    private static final Pattern OS = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./_-]*");

    /**
     * Creates a base.
     *
     * @param os lower-case name, for example {@code ubuntu}
     * @param channel the release, for example {@code 24.04}
     * @throws IllegalArgumentException if a part is empty or has characters that are not allowed
     */
    public Base {
        if (!OS.matcher(os).matches() || !CHANNEL.matcher(channel).matches()) {
            throw new IllegalArgumentException(
                    "base \"" + os + "@" + channel + "\" is not valid; write it like \"ubuntu@24.04\"");
        }
    }

    /**
     * Reads a base.
     *
     * @param text {@code os@channel}, for example {@code ubuntu@24.04}
     * @return the base
     * @throws IllegalArgumentException if the text has another form
     */
    public static Base parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException("base \"" + text + "\" is not valid; write it like \"ubuntu@24.04\"");
        }
        return new Base(text.substring(0, at), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return os + "@" + channel;
    }
}
