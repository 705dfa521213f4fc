/**
 * Where a machine can be reached, and which of its ports are open for whom.
 *
 * <p>Entry points: {@link dev.foothold.network.MachineAddress} and {@link dev.foothold.network.IngressRules}.
 */
@NullMarked
package dev.foothold.network;

import org.jspecify.annotations.NullMarked;
