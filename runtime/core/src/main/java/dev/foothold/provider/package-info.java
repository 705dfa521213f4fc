/**
 * What users hold: a provider for one model in one cloud, and how to open it. The only place that wires.
 *
 * <p>Entry points: {@link dev.foothold.provider.Foothold}, {@link dev.foothold.provider.DefaultProvider}.
 */
@NullMarked
package dev.foothold.provider;

import org.jspecify.annotations.NullMarked;
