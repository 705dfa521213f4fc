/**
 * Keeps secrets out of whatever is shown: what machines write, events, logs and messages of failures.
 *
 * <p>Entry points: {@link dev.foothold.redact.Redactor}, {@link dev.foothold.redact.RedactedStream}.
 */
@NullMarked
package dev.foothold.redact;

import org.jspecify.annotations.NullMarked;
