/** What it costs to keep secrets out of what machines write. */
@NullMarked
package dev.foothold.bench.redact;

import org.jspecify.annotations.NullMarked;
