package dev.foothold.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Holds what is fixed about a model from the moment it is first opened: its identity, extra tags, and who may log in.
 *
 * @param name what users call it; letters, digits, dots, hyphens and underscores, at most 63 characters
 * @param owner the UUIDs by which its resources are found
 * @param resourceTags tags that users want on every resource; the owner's own tags win over them
 * @param authorizedKeys public keys, as lines of an {@code authorized_keys} file, that may log in to every machine
 * @param immutableSettings settings of the provider that cannot change, as text by whole path; none of them is a secret
 */
public record ModelSettings(
        String name,
        Owner owner,
        Tags resourceTags,
        List<String> authorizedKeys,
        Map<String, String> immutableSettings) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /**
     * Creates settings.
     *
     * @param name what users call it
     * @param owner the UUIDs by which its resources are found
     * @param resourceTags tags that users want on every resource
     * @param authorizedKeys public keys, as lines of an {@code authorized_keys} file, that may log in to every machine
     * @param immutableSettings settings of the provider that cannot change
     * @throws IllegalArgumentException if the name has another form
     */
    public ModelSettings {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(resourceTags, "resourceTags");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("model name \"" + name + "\" is not allowed; use letters, digits, dots,"
                    + " hyphens and underscores, starting with a letter or digit, at most 63 characters");
        }
        authorizedKeys = List.copyOf(authorizedKeys);
        immutableSettings = Collections.unmodifiableMap(new LinkedHashMap<>(immutableSettings));
    }

    /**
     * Creates settings of a model that keeps no settings of its provider.
     *
     * @param name what users call it
     * @param owner the UUIDs by which its resources are found
     * @param resourceTags tags that users want on every resource
     * @param authorizedKeys public keys, as lines of an {@code authorized_keys} file, that may log in to every machine
     * @throws IllegalArgumentException if the name has another form
     */
    public ModelSettings(String name, Owner owner, Tags resourceTags, List<String> authorizedKeys) {
        this(name, owner, resourceTags, authorizedKeys, Map.of());
    }

    /**
     * Makes settings for a new model that is its own controller's only one.
     *
     * @param name what users call it
     * @return settings with random UUIDs, without extra tags and keys
     * @throws IllegalArgumentException if the name is not allowed
     */
    public static ModelSettings create(String name) {
        return new ModelSettings(name, new Owner(UUID.randomUUID(), UUID.randomUUID()), Tags.none(), List.of());
    }

    /**
     * Replaces the settings of the provider that cannot change.
     *
     * @param settings texts by whole path; copied
     * @return the changed copy
     */
    public ModelSettings withImmutableSettings(Map<String, String> settings) {
        return new ModelSettings(name, owner, resourceTags, authorizedKeys, settings);
    }

    /**
     * Gives the tags that a new resource of the model is created with.
     *
     * @return the resource tags with the owner's tags laid over them
     */
    public Tags tags() {
        return resourceTags.with(owner.tags());
    }
}
