/**
 * Where a machine can be reached.
 *
 * <p>Entry point: {@link dev.foothold.network.MachineAddress}.
 */
@NullMarked
package dev.foothold.network;

import org.jspecify.annotations.NullMarked;
