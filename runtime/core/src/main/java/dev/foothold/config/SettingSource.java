package dev.foothold.config;

import java.io.Serializable;
import java.util.Objects;

/**
 * Says where a value came from.
 *
 * @param kind which of the places
 * @param name the key, the file, the environment variable or the credential; empty for a default
 * @param line the line of the file, counted from 1; 0 if there is none
 * @serial exclude
 */
public record SettingSource(Kind kind, String name, int line) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The places a value may come from. */
    public enum Kind {
        /** Handed in under a key. */
        GIVEN,
        /** Written in a file. */
        FILE,
        /** Set in an environment variable. */
        ENVIRONMENT,
        /** Set by the provider. */
        DEFAULT,
        /** An attribute of a credential. */
        CREDENTIAL
    }

    static final SettingSource DEFAULT = new SettingSource(Kind.DEFAULT, "", 0);

    /**
     * Creates a source.
     *
     * @param kind which of the places
     * @param name what it is called there
     * @param line the line, or 0
     */
    public SettingSource {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
    }

    static SettingSource given(String key) {
        return new SettingSource(Kind.GIVEN, key, 0);
    }

    static SettingSource file(String name, int line) {
        return new SettingSource(Kind.FILE, name, line);
    }

    static SettingSource environment(String variable) {
        return new SettingSource(Kind.ENVIRONMENT, variable, 0);
    }

    static SettingSource credential(String label) {
        return new SettingSource(Kind.CREDENTIAL, label, 0);
    }

    /**
     * Gives the place as part of a message.
     *
     * @return for example {@code acme.yaml, line 3}
     */
    @Override
    public String toString() {
        return switch (kind) {
            case GIVEN -> "given as key \"" + name + "\"";
            case FILE -> line > 0 ? name + ", line " + line : name;
            case ENVIRONMENT -> "environment variable " + name;
            case DEFAULT -> "the provider's default";
            case CREDENTIAL -> name.isEmpty() ? "the credential" : "credential \"" + name + "\"";
        };
    }
}
