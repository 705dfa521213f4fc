/** States the rules of the simulated cloud. */
@NullMarked
package dev.foothold.simulator;

import org.jspecify.annotations.NullMarked;
