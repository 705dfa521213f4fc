package dev.foothold.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Holds names and values a cloud keeps with a resource; an immutable map in the order of insertion.
 *
 * @param asMap the tags; neither names nor values are null, names are not blank
 */
public record Tags(Map<String, String> asMap) {

    private static final Tags NONE = new Tags(Map.of());

    /**
     * Copies the given tags.
     *
     * @param asMap the tags
     * @throws IllegalArgumentException if a name is blank
     */
    public Tags {
        Map<String, String> copy = new LinkedHashMap<>();
        asMap.forEach((name, value) -> {
            Objects.requireNonNull(value, () -> "the value of tag \"" + name + "\"");
            if (name.isBlank()) {
                throw new IllegalArgumentException("a tag's name must not be blank (its value is \"" + value + "\")");
            }
            copy.put(name, value);
        });
        asMap = Collections.unmodifiableMap(copy);
    }

    /**
     * Gives no tags at all.
     *
     * @return the empty tags
     */
    public static Tags none() {
        return NONE;
    }

    /**
     * Makes a single tag.
     *
     * @param name the tag's name
     * @param value its value
     * @return the tags
     */
    public static Tags of(String name, String value) {
        return new Tags(Map.of(name, value));
    }

    /**
     * Makes tags from a map.
     *
     * @param tags names and values
     * @return the tags
     */
    public static Tags of(Map<String, String> tags) {
        return new Tags(tags);
    }

    /**
     * Adds a tag, or replaces the one of the same name.
     *
     * @param name the tag's name
     * @param value its value
     * @return the changed copy
     */
    public Tags with(String name, String value) {
        return with(of(name, value));
    }

    /**
     * Lays other tags over these; where names are equal the other value holds.
     *
     * @param others the tags to add
     * @return the changed copy
     */
    public Tags with(Tags others) {
        Map<String, String> merged = new LinkedHashMap<>(asMap);
        merged.putAll(others.asMap);
        return new Tags(merged);
    }

    /**
     * Tells whether all of the given tags are here with the same values.
     *
     * @param others the tags to look for
     * @return true also if there are none to look for
     */
    public boolean containsAll(Tags others) {
        return asMap.entrySet().containsAll(others.asMap.entrySet());
    }

    @Override
    public String toString() {
        return asMap.toString();
    }
}
