/**
 * What an operation is about to do and has done, so that it can be taken back and two never do it at once.
 *
 * <p>Entry points: {@link dev.foothold.journal.Operation}, {@link dev.foothold.journal.Undo}.
 */
@NullMarked
package dev.foothold.journal;

import org.jspecify.annotations.NullMarked;
