/**
 * JSON as a format: plain values to text.
 *
 * <p>Nothing here does I/O. Entry point: {@link dev.foothold.internal.json.Json}.
 */
@NullMarked
package dev.foothold.internal.json;

import org.jspecify.annotations.NullMarked;
