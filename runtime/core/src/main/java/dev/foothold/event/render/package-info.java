/**
 * Shows events: to people at a terminal, as plain lines for a log, as JSON lines for programs.
 *
 * <p>Each takes events and writes to what it is given. Every event there is has its words and its JSON. Entry points: {@link dev.foothold.event.render.TerminalEvents},
 * {@link dev.foothold.event.render.PlainEvents}, {@link dev.foothold.event.render.JsonEvents}; for a status line of one's
 * own, {@link dev.foothold.event.render.StatusLine}.
 */
@NullMarked
package dev.foothold.event.render;

import org.jspecify.annotations.NullMarked;
