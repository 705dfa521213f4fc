/**
 * Turns the compiler's elements, types and annotations into the values of {@code model}; nothing of the compiler's
 * leaves this package except inside a {@link dev.foothold.processor.model.Place}.
 *
 * <p>Entry point: {@link dev.foothold.processor.read.ProviderReader}.
 */
@NullMarked
package dev.foothold.processor.read;

import org.jspecify.annotations.NullMarked;
