package dev.foothold.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Holds what proves to a cloud who is asking, as text, before it is known what the provider wants of it.
 *
 * @param authType the way to authenticate, for example {@code access-key}
 * @param attributes the values by key; {@link #toString()} shows the keys only
 * @param label what people call it; may be empty
 * @param revoked whether it must not be used any more
 * @param invalidReason why it does not work; empty if nothing is known against it
 * @param complete whether files that attributes name have been read into the attributes already, which
 *     {@link CredentialSchema#finalizeCredential} does
 */
public record Credential(
        String authType,
        Map<String, String> attributes,
        String label,
        boolean revoked,
        String invalidReason,
        boolean complete) {

    /**
     * Creates a credential; {@link #of} and the withers read better.
     *
     * @param authType the way to authenticate
     * @param attributes the values by key; copied
     * @param label what people call it, or empty
     * @param revoked whether it must not be used any more
     * @param invalidReason why it does not work, or empty
     * @param complete whether files have been read into the attributes
     * @throws IllegalArgumentException if the way to authenticate is blank
     */
    public Credential {
        if (authType.isBlank()) {
            throw new IllegalArgumentException("a credential must name its way to authenticate");
        }
        attributes.forEach((key, value) -> Objects.requireNonNull(value, key));
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(invalidReason, "invalidReason");
    }

    /**
     * Makes a credential without a label, that nothing is known against.
     *
     * @param authType the way to authenticate
     * @param attributes the values by key, as a user gave them; copied
     * @return the credential
     * @throws IllegalArgumentException if the way to authenticate is blank
     */
    public static Credential of(String authType, Map<String, String> attributes) {
        return new Credential(authType, attributes, "", false, "", false);
    }

    /**
     * Sets what people call it.
     *
     * @param name the label
     * @return the changed copy
     */
    public Credential withLabel(String name) {
        return new Credential(authType, attributes, name, revoked, invalidReason, complete);
    }

    /**
     * Replaces all attributes by others, as a user gives them.
     *
     * @param values the values by key; copied
     * @return the changed copy, which is not {@link #complete}
     */
    public Credential withAttributes(Map<String, String> values) {
        return new Credential(authType, values, label, revoked, invalidReason, false);
    }

    /**
     * Says that it must not be used any more.
     *
     * @return the changed copy
     */
    public Credential asRevoked() {
        return new Credential(authType, attributes, label, true, invalidReason, complete);
    }

    /**
     * Says that it does not work.
     *
     * @param reason why; never a value of an attribute. Empty to take back what was said
     * @return the changed copy
     */
    public Credential withInvalidReason(String reason) {
        return new Credential(authType, attributes, label, revoked, reason, complete);
    }

    Credential completedWith(Map<String, String> values) {
        return new Credential(authType, values, label, revoked, invalidReason, true);
    }

    /** Names it in messages. */
    String title() {
        return label.isEmpty() ? "the credential" : "credential \"" + label + "\"";
    }

    /**
     * Shows all but the values of the attributes.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return "Credential[authType=" + authType + ", attributes=" + new TreeMap<>(attributes).keySet() + ", label="
                + label + ", revoked=" + revoked + ", invalidReason=" + invalidReason + ", complete=" + complete + "]";
    }
}
