package dev.foothold.config;

import org.jspecify.annotations.Nullable;

/** The type of values that are made of several settings. */
final class GroupType<T> extends SettingType<T> {

    private final SettingGroup<T> group;

    GroupType(SettingGroup<T> group) {
        this.group = group;
    }

    SettingGroup<T> group() {
        return group;
    }

    @Override
    public String name() {
        return "a mapping with "
                + String.join(
                        ", ", group.specs().stream().map(SettingSpec::name).toList());
    }

    @Override
    public T parse(String text) {
        throw new IllegalArgumentException("a group of settings has no form as text");
    }

    @Override
    @Nullable
    Read<T> read(Given given, Place place, Reading in) {
        if (given instanceof Given.Entries entries) {
            return read(entries, place, in);
        }
        return given instanceof Given.Nothing nothing
                ? read(Given.Entries.none(nothing.source()), place, in)
                : in.mismatch(place, given, this);
    }

    @Override
    @Nullable
    Read<T> absent(Place place, Reading in) {
        return read(Given.Entries.none(SettingSource.DEFAULT), place, in);
    }

    private @Nullable Read<T> read(Given.Entries entries, Place place, Reading in) {
        Scope scope = place.scope(entries);
        Read<T> read = group.read(in, scope, "it");
        in.refuseUnused(scope, group.keys());
        return read;
    }

    @Override
    boolean mayBeAbsent() {
        return true;
    }

    @Override
    boolean isSecret() {
        return false;
    }

    @Override
    boolean holdsSecrets() {
        return group.specs().stream()
                .anyMatch(spec -> spec.secret() || spec.type().holdsSecrets());
    }

    @Override
    boolean hasParts() {
        return true;
    }

    @Override
    boolean hasKeys() {
        return true;
    }
}
