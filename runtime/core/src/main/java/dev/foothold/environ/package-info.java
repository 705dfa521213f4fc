/**
 * What a provider's author writes: the few things only their cloud can answer.
 *
 * <p>Entry points: {@link dev.foothold.environ.Environ}, {@link dev.foothold.environ.ZonedEnviron}.
 */
@NullMarked
package dev.foothold.environ;

import org.jspecify.annotations.NullMarked;
