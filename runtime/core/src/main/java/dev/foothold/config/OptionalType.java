package dev.foothold.config;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The type of what may be missing. */
final class OptionalType<T> extends SettingType<Optional<T>> {

    private final SettingType<T> type;

    OptionalType(SettingType<T> type) {
        this.type = type;
    }

    SettingType<T> type() {
        return type;
    }

    @Override
    public String name() {
        return type.name();
    }

    @Override
    public Optional<T> parse(String text) {
        return Optional.of(type.parse(text));
    }

    @Override
    @Nullable
    Read<Optional<T>> read(Given given, Place place, Reading in) {
        if (type instanceof GroupType && isEmpty(given)) {
            return absent(place, in);
        }
        Read<T> read = type.read(given, place, in);
        return read == null ? null : new Read<>(Optional.of(read.value()), read.plain());
    }

    @Override
    @Nullable
    Read<Optional<T>> absent(Place place, Reading in) {
        if (place.environment() && type instanceof GroupType<T> some && in.anyInEnvironment(some.group())) {
            Read<T> read = type.absent(place, in);
            return read == null ? null : new Read<>(Optional.of(read.value()), read.plain());
        }
        return new Read<>(Optional.empty(), null);
    }

    private static boolean isEmpty(Given given) {
        return given instanceof Given.Nothing
                || given instanceof Given.Entries some && some.entries().isEmpty();
    }

    @Override
    boolean mayBeAbsent() {
        return true;
    }

    @Override
    boolean isSecret() {
        return type.isSecret();
    }

    @Override
    boolean holdsSecrets() {
        return type.holdsSecrets();
    }

    @Override
    boolean hasParts() {
        return type.hasParts();
    }

    @Override
    boolean hasKeys() {
        return type.hasKeys();
    }
}
