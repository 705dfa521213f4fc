package dev.foothold.constraints;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Holds constraints, and how their names were written.
 *
 * @param constraints what was read
 * @param aliases the aliases that were used, in their order, with the names they stand for
 */
public record ParsedConstraints(Constraints constraints, Map<String, ConstraintName> aliases) {

    /**
     * Copies the map.
     *
     * @param constraints what was read
     * @param aliases the aliases that were used, with the names they stand for
     */
    public ParsedConstraints {
        Objects.requireNonNull(constraints, "constraints");
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
    }
}
