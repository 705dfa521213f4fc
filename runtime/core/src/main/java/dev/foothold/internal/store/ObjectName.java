package dev.foothold.internal.store;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Holds a name that the port allows, so that no name can lead out of a store.
 *
 * @param parts its parts, at least one
 */
record ObjectName(List<String> parts) {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    static ObjectName parse(String name) {
        List<String> parts = List.of(name.split("/", -1));
        if (!parts.stream().allMatch(ObjectName::isPart)) {
            throw new IllegalArgumentException("\"" + name + "\" is not the name of a stored object: it must be parts "
                    + "of letters, digits, dots, hyphens and underscores that do not begin with a dot, joined with /");
        }
        return new ObjectName(parts);
    }

    static boolean isPart(String text) {
        return PART.matcher(text).matches();
    }

    Path in(Path directory) {
        Path path = directory;
        for (String part : parts) {
            path = path.resolve(part);
        }
        return path;
    }
}
