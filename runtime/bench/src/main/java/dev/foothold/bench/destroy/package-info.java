/** What it costs to remove everything a large model has from a cloud that answers late and fails now and then. */
@NullMarked
package dev.foothold.bench.destroy;

import org.jspecify.annotations.NullMarked;
