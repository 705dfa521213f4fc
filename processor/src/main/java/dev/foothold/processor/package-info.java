/**
 * Runs the three steps of the processor (read, check, write) for every annotated type of every round, and prints what
 * they find.
 *
 * <p>Entry points: {@link dev.foothold.processor.ProviderProcessor}, {@link
 * dev.foothold.processor.ProviderIndexProcessor}.
 */
@NullMarked
package dev.foothold.processor;

import org.jspecify.annotations.NullMarked;
