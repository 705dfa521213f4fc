/**
 * The end of a model: everything it has is removed, and it is proved that nothing is left.
 *
 * <p>Entry point: {@link dev.foothold.destroy.Destroy}.
 */
@NullMarked
package dev.foothold.destroy;

import org.jspecify.annotations.NullMarked;
