/**
 * How instances are spread over availability zones, and where the next one belongs: pure functions over what a cloud lists.
 *
 * <p>Entry points: {@link dev.foothold.distribution.ZoneAllocations}, {@link dev.foothold.distribution.Distribution}.
 */
@NullMarked
package dev.foothold.distribution;

import org.jspecify.annotations.NullMarked;
