/**
 * Who owns what: a model, its controller, and the tags by which everything of theirs is found again.
 *
 * <p>Entry points: {@link dev.foothold.model.Owner}, {@link dev.foothold.model.ModelSettings}.
 */
@NullMarked
package dev.foothold.model;

import org.jspecify.annotations.NullMarked;
