/**
 * JSON as a format: plain values to text and back.
 *
 * <p>Nothing here does I/O. Entry points: {@link dev.foothold.internal.json.Json} and {@link
 * dev.foothold.internal.json.JsonReader}.
 */
@NullMarked
package dev.foothold.internal.json;

import org.jspecify.annotations.NullMarked;
