package dev.foothold.constraints;

import java.util.Optional;

/** Decides whether two constraints that usually exclude each other do so in a given case. */
@FunctionalInterface
public interface ConflictResolver {

    /**
     * Looks at constraints that set both.
     *
     * @param constraints all that is asked for
     * @return why the two cannot be had together; empty if they can
     */
    Optional<String> objection(Constraints constraints);
}
