/**
 * Renders a checked model as Java source and writes it; the only importer of JavaPoet.
 *
 * <p>Entry point: {@link dev.foothold.processor.write.ProviderWriter}.
 */
@NullMarked
package dev.foothold.processor.write;

import org.jspecify.annotations.NullMarked;
