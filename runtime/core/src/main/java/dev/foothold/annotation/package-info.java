/**
 * The annotations an author puts on a provider and on its configuration; what the annotation processor reads.
 *
 * <p>Entry points: {@link dev.foothold.annotation.Provider} and {@link dev.foothold.annotation.ZonedProvider}.
 */
@NullMarked
package dev.foothold.annotation;

import org.jspecify.annotations.NullMarked;
