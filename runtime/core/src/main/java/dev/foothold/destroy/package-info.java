/**
 * The end of a model: everything it has is removed, and it is proved that nothing is left.
 *
 * <p>Entry points: {@link dev.foothold.destroy.Destroy}, and {@link dev.foothold.destroy.Sweeper} for what nobody remembers.
 */
@NullMarked
package dev.foothold.destroy;

import org.jspecify.annotations.NullMarked;
