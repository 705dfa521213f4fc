/**
 * Measures what the annotation processor adds to a compilation, beside what others add.
 *
 * <p>Entry point: {@link dev.foothold.bench.compile.CompileBenchmark}.
 */
@NullMarked
package dev.foothold.bench.compile;

import org.jspecify.annotations.NullMarked;
