/** What it costs to keep state in files, and whether all of it is there afterwards. */
@NullMarked
package dev.foothold.bench.store;

import org.jspecify.annotations.NullMarked;
