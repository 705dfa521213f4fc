/**
 * Measures how machines are reached: {@link dev.foothold.bench.reach.LateBenchmark one that is being born},
 * {@link dev.foothold.bench.reach.AmongBenchmark one among addresses that will not do},
 * {@link dev.foothold.bench.reach.OneBenchmark one} and {@link dev.foothold.bench.reach.ManyBenchmark many}.
 *
 * <p>The machines are a {@link dev.foothold.bench.reach.Fleet} of Debian's {@code sshd}. Clients in Java are
 * {@link dev.foothold.bench.reach.Worker warm processes}, the others are {@link dev.foothold.bench.reach.Tool started}
 * each time, as their users do.
 */
@NullMarked
package dev.foothold.bench.reach;

import org.jspecify.annotations.NullMarked;
