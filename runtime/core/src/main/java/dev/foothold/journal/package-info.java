/**
 * What an operation is about to do and has done, so that it can be taken back or continued, by whoever comes after it,
 * and two never do it at once.
 *
 * <p>Entry points: {@link dev.foothold.journal.Journal}, {@link dev.foothold.journal.Operation},
 * {@link dev.foothold.journal.Undo}.
 */
@NullMarked
package dev.foothold.journal;

import org.jspecify.annotations.NullMarked;
