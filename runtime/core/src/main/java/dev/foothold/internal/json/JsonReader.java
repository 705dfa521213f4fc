package dev.foothold.internal.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON that programs on machines write: maps, lists, texts, {@link Long}s, {@link Double}s, booleans and nulls. */
public final class JsonReader {

    /** No sane program nests deeper; hostile ones would use up the stack. */
    private static final int DEEPEST = 200;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads a document.
     *
     * @param text the document
     * @return what is in it; maps keep the order of the document, and of a name that comes twice the last value
     * @throws JsonException if it is not JSON, or is nested deeper than anybody means
     */
    public static @Nullable Object parse(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        reader.blanks();
        if (reader.at < text.length()) {
            throw reader.wrong("expected the end");
        }
        return value;
    }

    private @Nullable Object value() {
        blanks();
        if (at == text.length()) {
            throw wrong("expected a value");
        }
        return switch (text.charAt(at)) {
            case '{' -> map();
            case '[' -> list();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, @Nullable Object> map() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        enter();
        if (!next('}')) {
            do {
                blanks();
                if (at == text.length() || text.charAt(at) != '"') {
                    throw wrong("expected a name");
                }
                String name = string();
                if (!next(':')) {
                    throw wrong("expected a colon");
                }
                map.put(name, value());
            } while (next(','));
            if (!next('}')) {
                throw wrong("expected a comma or the end of the object");
            }
        }
        depth--;
        return map;
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> list = new ArrayList<>();
        enter();
        if (!next(']')) {
            do {
                list.add(value());
            } while (next(','));
            if (!next(']')) {
                throw wrong("expected a comma or the end of the array");
            }
        }
        depth--;
        return list;
    }

    private void enter() {
        at++;
        if (++depth > DEEPEST) {
            throw wrong("nested too deeply");
        }
    }

    private boolean next(char expected) {
        blanks();
        if (at < text.length() && text.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return out.toString();
            } else if (c == '\\') {
                at++;
                out.append(escaped());
            } else if (c < ' ') {
                throw wrong("a text with a control character");
            } else {
                out.append(c);
            }
        }
        throw wrong("a text without its end");
    }

    private char escaped() {
        if (at == text.length()) {
            throw wrong("a text without its end");
        }
        char c = text.charAt(at);
        int plain = "\"\\/bfnrt".indexOf(c);
        if (plain >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        int end = at + 1 + HEX_DIGITS;
        if (c != 'u' || end > text.length() || !text.substring(at + 1, end).matches("[0-9A-Fa-f]+")) {
            throw wrong("an escape that is none");
        }
        at += HEX_DIGITS;
        return (char) Integer.parseInt(text.substring(at + 1 - HEX_DIGITS, end), 16);
    }

    private static final int HEX_DIGITS = 4;

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong("expected a value");
        }
        at += word.length();
        return value;
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        if (!number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            at = start;
            throw wrong("expected a value");
        }
        try {
            return Long.valueOf(number);
        } catch (NumberFormatException e) {
            return Double.valueOf(number);
        }
    }

    private JsonException wrong(String what) {
        return new JsonException(what + " at character " + at);
    }
}
