package dev.foothold.config;

import dev.foothold.internal.yaml.YamlException;
import dev.foothold.internal.yaml.YamlTree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a user gives to a provider, before it is known what the provider wants of it.
 *
 * <p>A value is looked for under its key first, then in the environment variable its {@link SettingSpec} names, then in
 * the setting's default; an environment variable that is empty counts as not set. Environment, files and credential are
 * only those that are handed in: without {@link #withEnvironment} no variable is asked, without {@link #withFiles} no
 * file is read. Instances are immutable and safe for use by several threads.
 */
public final class Settings {

    private final Given.Entries given;
    private final Map<String, String> environment;
    private final SettingFiles files;
    private final @Nullable Credential credential;

    private Settings(
            Given.Entries given, Map<String, String> environment, SettingFiles files, @Nullable Credential credential) {
        this.given = given;
        this.environment = Map.copyOf(environment);
        this.files = Objects.requireNonNull(files, "files");
        this.credential = credential;
    }

    /**
     * Makes settings of values by key.
     *
     * <p>A key may have dots to reach into a group or map, {@code retry.pause}, or the value may be a map itself.
     *
     * @param values texts, numbers, booleans, enum constants, {@link Secret}s, {@link java.net.URI}s,
     *     {@link java.nio.file.Path}s, {@link java.time.Duration}s and {@link DataSize}s, and lists and maps of such;
     *     copied. A null is a key without a value
     * @return settings that know no environment variables, files and credential
     * @throws IllegalArgumentException if a value is of another type, or a key of a map is no text
     */
    public static Settings of(Map<String, ?> values) {
        return new Settings(GivenValues.of(values), Map.of(), SettingFiles.none(), null);
    }

    /**
     * Makes settings of a YAML document. Its values keep the words they are written with: where text is wanted,
     * {@code 1.10} is {@code 1.10} and {@code yes} is {@code yes}.
     *
     * @param text the document: a mapping, or nothing
     * @param sourceName what to call it in messages, usually the file's name
     * @return settings that know no environment variables, files and credential
     * @throws SettingsException if it is not YAML, not a mapping, has a key twice, has tags or merge keys, or is larger
     *     than 1 Mi characters, 50 levels or 20 aliases
     */
    public static Settings yaml(String text, String sourceName) {
        try {
            return new Settings(GivenYaml.of(YamlTree.parse(text), sourceName), Map.of(), SettingFiles.none(), null);
        } catch (YamlException e) {
            throw new SettingsException(
                    "the settings in " + sourceName,
                    List.of(new SettingFault("", SettingSource.file(sourceName, e.line()), e.reason())));
        }
    }

    /**
     * Sets the environment variables that may be asked; without this, none are.
     *
     * @param variables for example {@link System#getenv()}; copied
     * @return the changed copy
     */
    public Settings withEnvironment(Map<String, String> variables) {
        return new Settings(given, variables, files, credential);
    }

    /**
     * Sets who reads the files that settings name; without this, none can be read.
     *
     * @param reader reads files
     * @return the changed copy
     */
    public Settings withFiles(SettingFiles reader) {
        return new Settings(given, environment, reader, credential);
    }

    /**
     * Sets the credential. It is taken as a whole: keys and environment variables for attributes of a credential are
     * not looked for then, and keys for them are faults.
     *
     * @param whole the credential
     * @return the changed copy
     */
    public Settings withCredential(Credential whole) {
        return new Settings(given, environment, files, Objects.requireNonNull(whole, "whole"));
    }

    /**
     * Gives the credential.
     *
     * @return empty if none was set
     */
    public Optional<Credential> credential() {
        return Optional.ofNullable(credential);
    }

    Given.Entries given() {
        return given;
    }

    Reading newReading() {
        return new Reading(environment, files);
    }

    /**
     * Names the keys that are given, never their values.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        return "Settings" + new TreeSet<>(given.entries().keySet());
    }
}
