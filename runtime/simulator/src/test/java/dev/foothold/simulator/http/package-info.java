/** States the rules of the simulator's {@code http} package. */
@NullMarked
package dev.foothold.simulator.http;

import org.jspecify.annotations.NullMarked;
