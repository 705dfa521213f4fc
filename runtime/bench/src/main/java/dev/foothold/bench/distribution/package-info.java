/** What it costs to spread machines over zones. */
@NullMarked
package dev.foothold.bench.distribution;

import org.jspecify.annotations.NullMarked;
