/** Measures what a bootstrap costs beside what the cloud and the machine take. */
@NullMarked
package dev.foothold.bench.bootstrap;

import org.jspecify.annotations.NullMarked;
