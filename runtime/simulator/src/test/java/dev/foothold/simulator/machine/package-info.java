/** States the rules of the simulator's {@code machine} package. */
@NullMarked
package dev.foothold.simulator.machine;

import org.jspecify.annotations.NullMarked;
