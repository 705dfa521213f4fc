package dev.foothold.internal.json;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, collections, texts, numbers, booleans and nulls as JSON, in the order they have. */
public final class Json {

    private Json() {}

    /**
     * Writes it on one line.
     *
     * @param value a map, collection, text, number, boolean or null
     * @return the JSON
     */
    public static String compact(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, "", "", out);
        return out.toString();
    }

    /**
     * Writes it indented, with a line feed at the end.
     *
     * @param value a map, collection, text, number, boolean or null
     * @return the JSON
     */
    public static String pretty(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, "\n", "  ", out);
        return out.append('\n').toString();
    }

    /**
     * Writes a text.
     *
     * @param text any; control characters and line separators are escaped
     * @return the text in quotes
     */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029) {
                        out.append(String.format("\\u%04x", c));
                    } else {
                        out.append((char) c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    private static void write(@Nullable Object value, String lineBreak, String indent, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String next = lineBreak + indent;
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(next).append(quote(String.valueOf(entry.getKey())));
                out.append(lineBreak.isEmpty() ? ":" : ": ");
                write(entry.getValue(), next, indent, out);
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : lineBreak + "}");
        } else if (value instanceof Collection<?> items) {
            String next = lineBreak + indent;
            String separator = "[";
            for (Object item : items) {
                out.append(separator).append(next);
                write(item, next, indent, out);
                separator = ",";
            }
            out.append(items.isEmpty() ? "[]" : lineBreak + "]");
        } else {
            out.append(value instanceof String text ? quote(text) : String.valueOf(value));
        }
    }
}
