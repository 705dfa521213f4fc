package dev.foothold.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is given for the settings of one group, and which keys of it somebody has asked for. */
final class Scope {

    private final Given.Entries given;
    private final String path;
    private final boolean environment;
    private final boolean secret;
    private final boolean immutable;
    private final boolean filesRead;
    private final Set<String> used = new LinkedHashSet<>();

    Scope(Given.Entries given, String path, boolean environment, boolean secret, boolean immutable, boolean filesRead) {
        this.given = given;
        this.path = path;
        this.environment = environment;
        this.secret = secret;
        this.immutable = immutable;
        this.filesRead = filesRead;
    }

    String path() {
        return path;
    }

    String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    SettingSource source() {
        return given.source();
    }

    /** Tells whether a dot in a key leads to the parts of what is before it. */
    boolean dotted() {
        return given.dotted();
    }

    boolean environment() {
        return environment;
    }

    /** Tells whether what is given for a file is its content already. */
    boolean filesRead() {
        return filesRead;
    }

    Place place(SettingSpec<?> spec, @Nullable SettingSource source) {
        return new Place(
                path(spec.name()),
                source,
                secret || spec.secret(),
                environment,
                immutable || spec.immutable(),
                filesRead);
    }

    /** Gives what stands under exactly this key. */
    @Nullable
    Given exact(String key) {
        used.add(key);
        return given.entries().get(key);
    }

    /** Gives what stands under longer keys that begin with this one and a dot, by the rest of those keys. */
    Map<String, Given> below(String key) {
        Map<String, Given> below = new LinkedHashMap<>();
        if (given.dotted()) {
            given.entries().forEach((longer, value) -> {
                if (longer.startsWith(key + ".")) {
                    used.add(longer);
                    below.put(longer.substring(key.length() + 1), value);
                }
            });
        }
        return below;
    }

    /** Tells whether anything stands under the key or, if keys have dots, below it. */
    boolean has(String key) {
        return given.entries().containsKey(key)
                || given.dotted() && given.entries().keySet().stream().anyMatch(longer -> longer.startsWith(key + "."));
    }

    /** Says where what stands under the key, or below it, came from. */
    @Nullable
    SettingSource sourceOf(String key) {
        Given exact = given.entries().get(key);
        return exact == null
                ? below(key).values().stream().map(Given::source).findFirst().orElse(null)
                : exact.source();
    }

    /** Counts a key, and what is below it, as asked for. */
    void use(String key) {
        used.add(key);
        below(key);
    }

    /** Lists what nobody has asked for. */
    Map<String, Given> unused() {
        Map<String, Given> unused = new LinkedHashMap<>(given.entries());
        unused.keySet().removeAll(used);
        return unused;
    }
}
