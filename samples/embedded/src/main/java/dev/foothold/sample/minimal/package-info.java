/** The smallest realistic provider: everything a cloud with an HTTP API needs, and nothing else. */
@NullMarked
package dev.foothold.sample.minimal;

import org.jspecify.annotations.NullMarked;
