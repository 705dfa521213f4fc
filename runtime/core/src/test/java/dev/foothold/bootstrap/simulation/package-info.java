/** Clients that die between any two effects, in a cloud that does everything real ones do, on virtual time. */
@NullMarked
package dev.foothold.bootstrap.simulation;

import org.jspecify.annotations.NullMarked;
