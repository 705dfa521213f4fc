package dev.foothold.instance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads and writes hardware characteristics. Pairs are separated by spaces; a value with other characters in it is
 * written in double quotes, with the escapes of C.
 */
final class HardwareText {

    private static final int LONGEST_SHOWN = 80;
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b\\\"";
    private static final String ESCAPES = "abfnrtv\\\"";

    private final Map<Characteristic, Object> values;
    private String rest;

    private HardwareText(Map<Characteristic, Object> values, String rest) {
        this.values = values;
        this.rest = rest;
    }

    static EnumMap<Characteristic, Object> parse(List<String> arguments) {
        EnumMap<Characteristic, Object> values = new EnumMap<>(Characteristic.class);
        arguments.forEach(argument -> new HardwareText(values, argument).readAll());
        return values;
    }

    static String write(Map<Characteristic, Object> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().text() + "=" + write(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    private static String write(Characteristic name, Object value) {
        return switch (name) {
            case ARCH, CORES, CPU_POWER -> value.toString();
            case MEM, ROOT_DISK -> value + "M";
            case TAGS ->
                HardwareCharacteristics.texts(value).stream()
                        .map(HardwareText::quotedIfNeeded)
                        .collect(Collectors.joining(","));
            default -> quotedIfNeeded(value.toString());
        };
    }

    private void readAll() {
        for (skipSpaces(); !rest.isEmpty(); skipSpaces()) {
            int equals = rest.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        quoted(rest) + " is not a hardware characteristic; write it as name=value");
            }
            String word = rest.substring(0, equals);
            Characteristic name = Characteristic.find(word)
                    .orElseThrow(() -> new IllegalArgumentException("there is no hardware characteristic "
                            + quoted(word) + "; use one of "
                            + Arrays.stream(Characteristic.values())
                                    .map(Characteristic::text)
                                    .collect(Collectors.joining(", "))));
            if (values.containsKey(name)) {
                throw new IllegalArgumentException("hardware characteristic \"" + name.text() + "\" is given twice");
            }
            rest = rest.substring(equals + 1);
            // An empty text records nothing, and may be followed by another one.
            Optional<Object> value = name == Characteristic.TAGS ? items() : value(name);
            value.ifPresent(present -> values.put(name, present));
        }
    }

    private Optional<Object> value(Characteristic name) {
        String value = rest.startsWith("\"") ? unquoted(name) : plain(" ");
        try {
            return name.read(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the value " + quoted(value) + " of hardware characteristic \"" + name.text() + "\" "
                            + e.getMessage(),
                    e);
        }
    }

    private Optional<Object> items() {
        List<String> items = new ArrayList<>();
        boolean more = true;
        while (more) {
            boolean isQuoted = rest.startsWith("\"");
            items.add(isQuoted ? unquoted(Characteristic.TAGS) : plain(" ,"));
            more = rest.startsWith(",");
            if (!more && isQuoted && !rest.isEmpty() && !rest.startsWith(" ")) {
                throw new IllegalArgumentException("hardware characteristic \"tags\" needs a comma after "
                        + quoted(items.get(items.size() - 1)) + ", but " + quoted(rest) + " follows");
            }
            if (more) {
                rest = rest.substring(1);
            }
        }
        items.removeIf(String::isEmpty);
        return items.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(items));
    }

    /** Takes what stands before the first of some characters. */
    private String plain(String ends) {
        int end = 0;
        while (end < rest.length() && ends.indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String value = rest.substring(0, end);
        rest = rest.substring(end);
        return value;
    }

    private String unquoted(Characteristic name) {
        StringBuilder value = new StringBuilder();
        int i = 1;
        while (i < rest.length() && rest.charAt(i) != '"' && rest.charAt(i) != '\n') {
            char c = rest.charAt(i++);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char kind = i < rest.length() ? rest.charAt(i++) : ' ';
            int simple = ESCAPES.indexOf(kind);
            if (simple >= 0) {
                value.append(ESCAPED.charAt(simple));
                continue;
            }
            int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 3;
            int radix = kind >= '0' && kind <= '7' ? 8 : 16;
            int start = radix == 8 ? i - 1 : i;
            if (radix == 16 && "xuU".indexOf(kind) < 0 || start + digits > rest.length()) {
                throw badEscape(name, i);
            }
            value.appendCodePoint(number(name, rest.substring(start, start + digits), radix, i));
            i = start + digits;
        }
        if (i >= rest.length() || rest.charAt(i) != '"') {
            throw new IllegalArgumentException(
                    "hardware characteristic \"" + name.text() + "\" has no closing quote: " + quoted(rest));
        }
        rest = rest.substring(i + 1);
        return value.toString();
    }

    private int number(Characteristic name, String digits, int radix, int position) {
        boolean fits = digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0);
        long number = fits ? Long.parseLong(digits, radix) : -1;
        boolean character = radix == 8 || digits.length() == 2
                ? number >= 0 && number <= 0xff
                : number >= 0
                        && number <= Character.MAX_CODE_POINT
                        && !(number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE);
        if (!character) {
            throw badEscape(name, position);
        }
        return (int) number;
    }

    private IllegalArgumentException badEscape(Characteristic name, int end) {
        return new IllegalArgumentException("hardware characteristic \"" + name.text() + "\" has an invalid escape: "
                + quoted(rest.substring(0, end)) + "; use \\\", \\\\, \\n, \\t or \\u and four hexadecimal digits");
    }

    private void skipSpaces() {
        int start = 0;
        while (start < rest.length() && rest.charAt(start) == ' ') {
            start++;
        }
        rest = rest.substring(start);
    }

    private static String quotedIfNeeded(String text) {
        boolean needed = text.chars().anyMatch(c -> c == ',' || c == '"' || Character.isWhitespace(c));
        return needed ? '"' + escaped(text) + '"' : text;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> {
            int simple = ESCAPED.indexOf(c);
            if (simple >= 0) {
                escaped.append('\\').append(ESCAPES.charAt(simple));
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    /** Shows a text in a message: on one line, and not all of a long one. */
    private static String quoted(String text) {
        return text.length() > LONGEST_SHOWN
                ? '"' + escaped(text.substring(0, LONGEST_SHOWN)) + "…\""
                : '"' + escaped(text) + '"';
    }
}
