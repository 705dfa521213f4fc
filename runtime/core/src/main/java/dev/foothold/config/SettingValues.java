package dev.foothold.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Holds values that were read, all of them without fault.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class SettingValues {

    private final Map<Object, Object> values;
    private final List<SettingNotice> notices;
    private final Map<String, String> immutable;
    private final List<SettingView> views;
    private final List<Secret> secrets;

    SettingValues(Map<Object, Object> values) {
        this.values = Map.copyOf(values);
        this.notices = List.of();
        this.immutable = Map.of();
        this.views = List.of();
        this.secrets = List.of();
    }

    SettingValues(Map<Object, Object> values, Reading in) {
        this.values = Map.copyOf(values);
        this.notices = List.copyOf(in.notices());
        this.immutable = Collections.unmodifiableMap(in.immutable());
        this.views = List.copyOf(in.views());
        this.secrets = List.copyOf(in.kept());
    }

    /**
     * Gives the value of a setting.
     *
     * @param spec the setting
     * @param <T> the type of the value
     * @return the value
     * @throws IllegalArgumentException if it was not among the settings that were read
     */
    public <T> T get(SettingSpec<T> spec) {
        return value(spec, "setting \"" + spec.name() + "\"");
    }

    /**
     * Gives the value that was made of a group of settings.
     *
     * @param group the group
     * @param <T> the type of the value
     * @return the value
     * @throws IllegalArgumentException if it was not among the groups that were read
     */
    public <T> T get(SettingGroup<T> group) {
        return value(group, "a group of the settings " + group.keys());
    }

    /**
     * Gives the credential.
     *
     * @param schema the ways to authenticate
     * @param <T> the type of the credential
     * @return the credential
     * @throws IllegalArgumentException if it was not read
     */
    public <T> T get(CredentialSchema<T> schema) {
        return value(schema, "a credential of the types " + schema.authTypes());
    }

    /**
     * Lists what is still accepted, but should be changed.
     *
     * @return in the order of the schema; empty in the maker of a group
     */
    public List<SettingNotice> notices() {
        return notices;
    }

    /**
     * Gives the settings that must stay what they are for the life of a model.
     *
     * @return their values as text in one form, however they were written ({@code 90s} is {@code 1m30s}), by whole path;
     *     what is optional and not there is an empty text. Empty in the maker of a group
     */
    public Map<String, String> immutable() {
        return immutable;
    }

    /**
     * Shows what is set, and where each value came from.
     *
     * @return one entry for each setting that is not itself a group, in the order of the schema, secrets masked; empty
     *     in the maker of a group
     */
    public List<SettingView> views() {
        return views;
    }

    /**
     * Lists what was read of secret settings, for those who keep it from being shown.
     *
     * @return the texts, without those that are empty; empty in the maker of a group
     */
    public List<Secret> secrets() {
        return secrets;
    }

    /**
     * Shows what is set, a line for each setting, with secrets masked.
     *
     * @return for people and logs, for example {@code region = north (acme.yaml, line 3)}
     */
    @Override
    public String toString() {
        return views.stream().map(SettingView::toString).collect(Collectors.joining("\n"));
    }

    @SuppressWarnings("unchecked") // what is read of a key has the key's type
    private <T> T value(Object key, String name) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not among the settings that were read");
        }
        return (T) value;
    }
}
