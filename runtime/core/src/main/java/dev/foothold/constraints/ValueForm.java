package dev.foothold.constraints;

import dev.foothold.machine.Arch;
import dev.foothold.machine.ContainerType;
import dev.foothold.machine.Quantities;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows how the value of a constraint is written, stored and checked. Reasons of failures go after words like "the
 * value".
 */
enum ValueForm {
    /** Any text. */
    TEXT {
        @Override
        Object parse(String written) {
            return stored(ConstraintText.text(written));
        }

        @Override
        Object stored(Object value) {
            if (isText(value)) {
                return value;
            }
            throw new IllegalArgumentException("must be text, but is " + kind(value));
        }

        @Override
        String render(Object value) {
            return ConstraintText.escaped((String) value);
        }

        @Override
        boolean says(Object value) {
            return !((String) value).isEmpty();
        }
    },
    /** The name of an architecture, or empty. */
    ARCH {
        @Override
        Object parse(String written) {
            return stored(TEXT.parse(written));
        }

        @Override
        Object stored(Object value) {
            return oneOf(value, Arrays.stream(Arch.values()).map(Arch::text).toList());
        }

        @Override
        String render(Object value) {
            return TEXT.render(value);
        }

        @Override
        boolean says(Object value) {
            return TEXT.says(value);
        }
    },
    /** The name of a container type, or empty. */
    CONTAINER {
        @Override
        Object parse(String written) {
            return stored(TEXT.parse(written));
        }

        @Override
        Object stored(Object value) {
            return oneOf(
                    value,
                    Arrays.stream(ContainerType.values())
                            .map(ContainerType::text)
                            .toList());
        }

        @Override
        String render(Object value) {
            return TEXT.render(value);
        }

        @Override
        boolean says(Object value) {
            return TEXT.says(value) && !value.equals(ContainerType.NONE.text());
        }
    },
    /** A number of things. */
    COUNT {
        @Override
        Object parse(String written) {
            return Quantities.count(ConstraintText.text(written));
        }

        @Override
        Object stored(Object value) {
            return number(value, "");
        }

        @Override
        String render(Object value) {
            return says(value) ? value.toString() : "";
        }

        @Override
        boolean says(Object value) {
            return ((BigInteger) value).signum() > 0;
        }
    },
    /** A size in MiB. */
    SIZE {
        @Override
        Object parse(String written) {
            return Quantities.mebibytes(ConstraintText.text(written));
        }

        @Override
        Object stored(Object value) {
            return number(value, " of MiB");
        }

        @Override
        String render(Object value) {
            return says(value) ? value + "M" : "";
        }

        @Override
        boolean says(Object value) {
            return COUNT.says(value);
        }
    },
    /** Any texts. */
    LIST {
        @Override
        Object parse(String written) {
            return stored(ConstraintText.items(written));
        }

        @Override
        Object stored(Object value) {
            if (!(value instanceof Collection<?> collection)) {
                throw new IllegalArgumentException("must be a list of texts, but is " + kind(value));
            }
            for (@Nullable Object item : collection) {
                if (item == null || !isText(item)) {
                    throw new IllegalArgumentException("must be a list of texts, but one of them is " + kind(item));
                }
            }
            List<String> items = collection.stream().map(String.class::cast).toList();
            // Written, they are the same.
            return items.equals(List.of("")) ? List.of() : items;
        }

        @Override
        String render(Object value) {
            return ConstraintText.escaped(texts(value));
        }

        @Override
        boolean says(Object value) {
            return !texts(value).isEmpty();
        }
    },
    /** Names of spaces, to include or exclude. */
    SPACES {
        @Override
        Object parse(String written) {
            return stored(LIST.parse(written));
        }

        @Override
        Object stored(Object value) {
            Object list = LIST.stored(value);
            for (String item : texts(list)) {
                String space = item.startsWith(Constraints.NOT) ? item.substring(1) : item;
                if (!SPACE.matcher(space).matches()) {
                    throw new IllegalArgumentException(
                            "must be names of spaces, each with or without a ^ before it, but "
                                    + ConstraintText.quoted(space)
                                    + " is none: it takes lower-case letters, digits and single hyphens between them");
                }
            }
            return list;
        }

        @Override
        String render(Object value) {
            return LIST.render(value);
        }

        @Override
        boolean says(Object value) {
            return LIST.says(value);
        }
    },
    /** Yes or no; nothing is neither, and says nothing. */
    BOOL {
        @Override
        @Nullable
        Object parse(String written) {
            return switch (written) {
                case "" -> null;
                case "1", "t", "T", "true", "True", "TRUE" -> true;
                case "0", "f", "F", "false", "False", "FALSE" -> false;
                default -> throw new IllegalArgumentException("must be true or false");
            };
        }

        @Override
        Object stored(Object value) {
            if (value instanceof Boolean) {
                return value;
            }
            throw new IllegalArgumentException("must be true or false, but is " + kind(value));
        }

        @Override
        String render(Object value) {
            return value.toString();
        }

        @Override
        boolean says(Object value) {
            return true;
        }
    };

    private static final Pattern SPACE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

    /** Reads what stands behind the equals sign; null if that leaves the constraint unset. */
    abstract @Nullable Object parse(String written);

    /** Takes over what a document, a list of a caller or another form says; the result is immutable. */
    abstract Object stored(Object value);

    /** Writes what {@link #parse} reads. */
    abstract String render(Object value);

    /** Tells whether the value asks for anything: it is not empty, zero or none. */
    abstract boolean says(Object value);

    /** Gives what a vocabulary has to contain: the items of a list, else the value itself, as written. */
    final List<String> words(Object value) {
        return value instanceof Collection<?>
                ? texts(value)
                : List.of(value instanceof String text ? text : render(value));
    }

    /** Brings a word of a vocabulary into the form of {@link #words}. */
    final String word(String written) {
        Object value = switch (this) {
            case COUNT, SIZE, BOOL -> parse(written);
            // What nobody can ask for does no harm in a vocabulary.
            default -> null;
        };
        return value == null ? written : render(value);
    }

    @SuppressWarnings("unchecked") // only stored() makes them
    static List<String> texts(Object value) {
        return (List<String>) value;
    }

    /** Half of a surrogate pair can be written in no file. */
    private static boolean isText(Object value) {
        return value instanceof String text && text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }

    private static String oneOf(Object value, List<String> words) {
        String text = (String) TEXT.stored(value);
        if (!text.isEmpty() && !words.contains(text)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", words));
        }
        return text;
    }

    private static BigInteger number(Object value, String unit) {
        boolean whole = value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger;
        BigInteger number = whole ? new BigInteger(value.toString()) : BigInteger.ONE.negate();
        if (number.signum() < 0 || number.compareTo(Quantities.MAX) > 0) {
            throw new IllegalArgumentException("must be a whole number" + unit + ", 0 to " + Quantities.MAX
                    + (whole ? "" : ", but is " + kind(value)));
        }
        return number;
    }

    private static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String) {
            return isText(value) ? "text" : "half a character";
        }
        if (value instanceof Boolean) {
            return "true or false";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Collection<?>) {
            return "a list";
        }
        return value instanceof Map<?, ?>
                ? "a mapping"
                : "a " + value.getClass().getName();
    }
}
