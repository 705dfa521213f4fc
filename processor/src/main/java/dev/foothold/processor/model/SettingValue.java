package dev.foothold.processor.model;

import java.util.Arrays;
import java.util.Optional;

/** Says which of the runtime's setting types reads a value. */
public sealed interface SettingValue {

    /**
     * Gives the class of the values, boxed.
     *
     * @return for example {@code java.time.Duration}
     */
    TypeRef type();

    /** A type that the runtime has a constant for, of the same name. */
    enum Standard implements SettingValue {
        /** Any text. */
        TEXT("java.lang.String"),
        /** An {@code int}. */
        INTEGER("java.lang.Integer"),
        /** A {@code long}. */
        LONG("java.lang.Long"),
        /** True or false. */
        BOOLEAN("java.lang.Boolean"),
        /** A time span. */
        DURATION("java.time.Duration"),
        /** A URI. */
        URI("java.net.URI"),
        /** A path. */
        PATH("java.nio.file.Path");

        private final TypeRef type;

        Standard(String type) {
            this.type = TypeRef.topLevel(type);
        }

        @Override
        public TypeRef type() {
            return type;
        }

        /**
         * Finds the constant for a class.
         *
         * @param qualifiedName the class, boxed
         * @return the constant, or empty if there is none
         */
        public static Optional<SettingValue> of(String qualifiedName) {
            return Arrays.<SettingValue>stream(values())
                    .filter(value -> value.type().qualifiedName().equals(qualifiedName))
                    .findFirst();
        }
    }

    /**
     * One of the constants of an enum.
     *
     * @param type the enum
     */
    record OneOf(TypeRef type) implements SettingValue {}
}
