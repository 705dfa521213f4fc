/**
 * What Foothold tells while it works: one sealed hierarchy, for terminals, logs and dashboards alike.
 *
 * <p>Entry points: {@link dev.foothold.event.Event}, {@link dev.foothold.event.EventSink}; renderers are in
 * {@code dev.foothold.event.render}.
 */
@NullMarked
package dev.foothold.event;

import org.jspecify.annotations.NullMarked;
