package dev.foothold.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Describes one setting of a provider: its key, the form of its value, and where else the value may come from.
 *
 * <p>A setting that has no default and is not {@linkplain SettingType#optional optional} must be given; a
 * {@linkplain SettingType#group group} is as mandatory as its parts are.
 *
 * @param name the key in maps, files and messages, for example {@code root-disk}
 * @param type the form of the value
 * @param doc what the setting is for, in plain text; empty if nothing is said
 * @param defaultText the text that is read when the setting is given nowhere, or null if there is none
 * @param secret whether the value must not be shown; always true if the type is secret
 * @param environmentVariable the variable that is asked when the key is not given, or null for none
 * @param immutable whether the value stays what it is for the life of a model
 * @param deprecatedNames names it had before, under which it may still be given
 * @param fileKey another key, under which the path of a file that holds the value may be given instead, or null
 * @param readsFile whether what is given is the path of a file that holds the value
 * @param <T> the type of the value
 */
public record SettingSpec<T>(
        String name,
        SettingType<T> type,
        String doc,
        @Nullable String defaultText,
        boolean secret,
        @Nullable String environmentVariable,
        boolean immutable,
        List<String> deprecatedNames,
        @Nullable String fileKey,
        boolean readsFile) {

    /** What would be taken for a path, a text form or a comment is no name. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");

    /**
     * Creates a description; {@link #of} and the withers read better.
     *
     * @param name the key
     * @param type the form of the value
     * @param doc what the setting is for
     * @param defaultText the default, or null
     * @param secret whether the value must not be shown
     * @param environmentVariable the variable, or null
     * @param immutable whether the value stays what it is
     * @param deprecatedNames names it had before
     * @param fileKey the key for a file's path, or null
     * @param readsFile whether what is given is a file's path
     * @throws IllegalArgumentException if a name has other characters than letters, digits, hyphens and underscores or
     *     occurs twice, the environment variable is blank, an immutable setting holds a secret, or a value of several
     *     parts is to be read from a file
     */
    public SettingSpec {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(doc, "doc");
        deprecatedNames = List.copyOf(deprecatedNames);
        secret = secret || type.isSecret();
        List<String> names = namesOf(name, deprecatedNames, fileKey);
        for (String each : names) {
            if (!NAME.matcher(each).matches()) {
                throw new IllegalArgumentException("the name of a setting must be of letters, digits, hyphens and"
                        + " underscores, but one is \"" + each + "\"");
            }
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("the names of setting \"" + name + "\" must differ: " + names);
        }
        if (environmentVariable != null && environmentVariable.isBlank()) {
            throw new IllegalArgumentException("the environment variable of setting \"" + name + "\" is blank");
        }
        if (immutable && (secret || type.holdsSecrets())) {
            throw new IllegalArgumentException(
                    "setting \"" + name + "\" holds a secret and cannot be immutable: what is"
                            + " immutable is kept with the model, for all to read");
        }
        if (readsFile && fileKey != null) {
            throw new IllegalArgumentException(
                    "setting \"" + name + "\" is a file's path already; it needs no key \"" + fileKey + "\" for one");
        }
        if ((readsFile || fileKey != null) && type.hasParts()) {
            throw new IllegalArgumentException(
                    "setting \"" + name + "\" is of several parts and cannot be read from a file");
        }
    }

    /**
     * Describes a setting that must be given, is no secret, and comes from nowhere else.
     *
     * @param name the key
     * @param type the form of the value
     * @param <T> the type of the value
     * @return the description
     * @throws IllegalArgumentException if the name has other characters than letters, digits, hyphens and underscores
     */
    public static <T> SettingSpec<T> of(String name, SettingType<T> type) {
        return new SettingSpec<>(name, type, "", null, false, null, false, List.of(), null, false);
    }

    /**
     * Says what the setting is for.
     *
     * @param text plain text
     * @return the changed copy
     */
    public SettingSpec<T> withDoc(String text) {
        return new SettingSpec<>(
                name,
                type,
                text,
                defaultText,
                secret,
                environmentVariable,
                immutable,
                deprecatedNames,
                fileKey,
                readsFile);
    }

    /**
     * Sets what is read when the setting is given nowhere.
     *
     * @param text the default, as a user would write it
     * @return the changed copy
     */
    public SettingSpec<T> withDefault(String text) {
        Objects.requireNonNull(text, "text");
        return new SettingSpec<>(
                name, type, doc, text, secret, environmentVariable, immutable, deprecatedNames, fileKey, readsFile);
    }

    /**
     * Says that the value must not be shown.
     *
     * @return the changed copy
     * @throws IllegalArgumentException if the setting is immutable
     */
    public SettingSpec<T> asSecret() {
        return new SettingSpec<>(
                name,
                type,
                doc,
                defaultText,
                true,
                environmentVariable,
                immutable,
                deprecatedNames,
                fileKey,
                readsFile);
    }

    /**
     * Sets the variable that is asked when the key is not given.
     *
     * @param variable the name of the variable
     * @return the changed copy
     * @throws IllegalArgumentException if the name is blank
     */
    public SettingSpec<T> withEnvironmentVariable(String variable) {
        Objects.requireNonNull(variable, "variable");
        return new SettingSpec<>(
                name, type, doc, defaultText, secret, variable, immutable, deprecatedNames, fileKey, readsFile);
    }

    /**
     * Says that the value stays what it is for the life of a model: it is kept with the model, and opening the model
     * with another value is refused.
     *
     * @return the changed copy
     * @throws IllegalArgumentException if the setting holds a secret
     */
    public SettingSpec<T> asImmutable() {
        return new SettingSpec<>(
                name, type, doc, defaultText, secret, environmentVariable, true, deprecatedNames, fileKey, readsFile);
    }

    /**
     * Adds a name the setting had before. It may still be given under it, which gives a {@link SettingNotice}; under
     * both is a fault.
     *
     * @param former the old key
     * @return the changed copy
     * @throws IllegalArgumentException if the name is not allowed or the setting has it already
     */
    public SettingSpec<T> withDeprecatedName(String former) {
        List<String> more = new ArrayList<>(deprecatedNames);
        more.add(former);
        return new SettingSpec<>(
                name, type, doc, defaultText, secret, environmentVariable, immutable, more, fileKey, readsFile);
    }

    /**
     * Names another key, under which the path of a file that holds the value may be given instead; both is a fault.
     *
     * <p>The file is UTF-8 and not empty. If it is a single line, the line break at its end is no part of the value.
     *
     * @param key the key for the path, for example {@code key-file}
     * @return the changed copy
     * @throws IllegalArgumentException if the key is not allowed, or the value has several parts
     */
    public SettingSpec<T> orFile(String key) {
        Objects.requireNonNull(key, "key");
        return new SettingSpec<>(
                name, type, doc, defaultText, secret, environmentVariable, immutable, deprecatedNames, key, readsFile);
    }

    /**
     * Says that what is given, under the key, by environment variable or as default, is the path of a file that holds
     * the value; the file is read as with {@link #orFile}.
     *
     * @return the changed copy
     * @throws IllegalArgumentException if the value has several parts, or there is a key for a file already
     */
    public SettingSpec<T> fromFile() {
        return new SettingSpec<>(
                name, type, doc, defaultText, secret, environmentVariable, immutable, deprecatedNames, fileKey, true);
    }

    /** Lists every key under which something of this setting may be given: its name first. */
    List<String> keys() {
        return namesOf(name, deprecatedNames, fileKey);
    }

    private static List<String> namesOf(String name, List<String> deprecatedNames, @Nullable String fileKey) {
        return Stream.of(Stream.of(name), deprecatedNames.stream(), Stream.ofNullable(fileKey))
                .flatMap(names -> names)
                .toList();
    }

    /**
     * Shows the description, but not the default of a secret.
     *
     * @return for logs
     */
    @Override
    public String toString() {
        String shown = secret && defaultText != null ? "(secret)" : defaultText;
        return "SettingSpec[name=" + name + ", type=" + type + ", doc=" + doc + ", defaultText=" + shown + ", secret="
                + secret + ", environmentVariable=" + environmentVariable + ", immutable=" + immutable
                + ", deprecatedNames=" + deprecatedNames + ", fileKey=" + fileKey + ", readsFile=" + readsFile + "]";
    }
}
