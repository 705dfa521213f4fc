/**
 * How often and how long to try again.
 *
 * <p>Entry point: {@link dev.foothold.retry.AttemptStrategy}.
 */
@NullMarked
package dev.foothold.retry;

import org.jspecify.annotations.NullMarked;
