package dev.foothold.processor.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Says which of the runtime's setting types reads a value. */
public sealed interface SettingValue {

    /**
     * Gives what the value holds in the end.
     *
     * @return the type of the elements of lists, maps and optional values; otherwise this
     */
    default SettingValue innermost() {
        return this;
    }

    /** A type that the runtime has a constant for, of the same name. */
    enum Standard implements SettingValue {
        /** Any text. */
        TEXT("java.lang.String"),
        /** A text that must not be shown. */
        SECRET(RuntimeTypes.SECRET),
        /** An {@code int}. */
        INTEGER("java.lang.Integer"),
        /** A {@code long}. */
        LONG("java.lang.Long"),
        /** A {@code short}. */
        SHORT("java.lang.Short"),
        /** A {@code byte}. */
        BYTE("java.lang.Byte"),
        /** A {@code double}. */
        DOUBLE("java.lang.Double"),
        /** A {@code float}. */
        FLOAT("java.lang.Float"),
        /** A whole number of any size. */
        BIG_INTEGER("java.math.BigInteger"),
        /** A decimal number of any size. */
        BIG_DECIMAL("java.math.BigDecimal"),
        /** True or false. */
        BOOLEAN("java.lang.Boolean"),
        /** A time span. */
        DURATION("java.time.Duration"),
        /** An amount of data. */
        SIZE(RuntimeTypes.DATA_SIZE),
        /** A URI. */
        URI("java.net.URI"),
        /** A path. */
        PATH("java.nio.file.Path");

        private final TypeRef type;

        Standard(String type) {
            this.type = TypeRef.topLevel(type);
        }

        /**
         * Gives the class of the values, boxed.
         *
         * @return for example {@code java.time.Duration}
         */
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
            return Arrays.<Standard>stream(values())
                    .filter(value -> value.type().qualifiedName().equals(qualifiedName))
                    .<SettingValue>map(value -> value)
                    .findFirst();
        }
    }

    /**
     * One of the constants of an enum.
     *
     * @param type the enum
     * @param constants the names of its constants, in order
     */
    record OneOf(TypeRef type, List<String> constants) implements SettingValue {}

    /**
     * A list.
     *
     * @param element what each element is
     */
    record ListOf(SettingValue element) implements SettingValue {
        @Override
        public SettingValue innermost() {
            return element.innermost();
        }
    }

    /**
     * A map with texts as keys.
     *
     * @param element what each value is
     */
    record MapOf(SettingValue element) implements SettingValue {
        @Override
        public SettingValue innermost() {
            return element.innermost();
        }
    }

    /**
     * Something that need not be given.
     *
     * @param element what it is if it is given
     */
    record OptionalOf(SettingValue element) implements SettingValue {
        @Override
        public SettingValue innermost() {
            return element.innermost();
        }
    }

    /**
     * A group of settings of its own.
     *
     * @param record what it is read into
     */
    record Group(RecordModel record) implements SettingValue {}

    /**
     * A record that would contain itself, and so could never be given.
     *
     * @param type the record
     */
    record Recursion(TypeRef type) implements SettingValue {}
}
