/**
 * What a machine has to be: constraints as users write them, and what a cloud makes of them.
 *
 * <p>Entry points: {@link dev.foothold.constraints.Constraints} for who asks for a machine;
 * {@link dev.foothold.constraints.ConstraintsValidator} for who writes a provider. Nothing here does I/O.
 */
@NullMarked
package dev.foothold.constraints;

import org.jspecify.annotations.NullMarked;
