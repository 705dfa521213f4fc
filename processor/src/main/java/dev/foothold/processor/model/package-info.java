/**
 * What is known about an annotated provider, as values that need no compiler: read fills them, check judges them, write
 * renders them.
 *
 * <p>Entry point: {@link dev.foothold.processor.model.ProviderModel}.
 */
@NullMarked
package dev.foothold.processor.model;

import org.jspecify.annotations.NullMarked;
