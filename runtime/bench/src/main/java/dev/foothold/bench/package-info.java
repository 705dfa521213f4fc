/**
 * Runs benchmarks and judges what they measured.
 *
 * <p>Entry point: {@link dev.foothold.bench.Main}. Each benchmark has a package of its own; what they share is here: a
 * {@link dev.foothold.bench.Trial} is run in {@link dev.foothold.bench.Rounds}, gives a
 * {@link dev.foothold.bench.Measurement}, stands in a {@link dev.foothold.bench.Table} and is held against a
 * {@link dev.foothold.bench.Target}.
 */
@NullMarked
package dev.foothold.bench;

import org.jspecify.annotations.NullMarked;
