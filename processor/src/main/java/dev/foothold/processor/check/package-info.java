/**
 * Judges what was read; the home of every message the processor has.
 *
 * <p>Entry points: {@link dev.foothold.processor.check.ProviderChecker}, {@link dev.foothold.processor.check.Problem}.
 */
@NullMarked
package dev.foothold.processor.check;

import org.jspecify.annotations.NullMarked;
