/**
 * A provider for the simulated cloud, written as one for any cloud with an HTTP API is, and the demo that uses it.
 *
 * <p>Start with {@link dev.foothold.sample.embedded.EmbeddedEnviron}.
 */
@NullMarked
package dev.foothold.sample.embedded;

import org.jspecify.annotations.NullMarked;
