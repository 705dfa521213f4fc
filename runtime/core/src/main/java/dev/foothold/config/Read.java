package dev.foothold.config;

import org.jspecify.annotations.Nullable;

/**
 * A value that was read.
 *
 * @param value the value
 * @param plain what may be shown and kept of it: text, a list or map of such, or null for what is not there
 */
record Read<T>(T value, @Nullable Object plain) {

    /** Stands for what must not be shown. */
    static final String SECRET = "(secret)";
}
