/**
 * How instances are spread over availability zones, and where the next one belongs: pure functions over what a cloud lists.
 *
 * <p>Entry points: {@link dev.foothold.distribution.ZoneAllocations} counts, {@link
 * dev.foothold.distribution.Distribution} chooses among machines that exist, {@link dev.foothold.distribution.ZonePlan}
 * says where machines are to be placed, removed or moved.
 */
@NullMarked
package dev.foothold.distribution;

import org.jspecify.annotations.NullMarked;
