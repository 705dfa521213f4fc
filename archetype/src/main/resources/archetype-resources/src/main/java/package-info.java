/**
 * The Foothold provider {@code ${providerName}}.
 *
 * <p>Start with {@link ${package}.${className}Environ}.
 */
@NullMarked
package ${package};

import org.jspecify.annotations.NullMarked;
