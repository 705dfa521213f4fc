package dev.foothold.processor.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects code with as few places for JavaPoet to fill in as can be: only types, which it
 * imports. It takes each piece between two such places apart by a regular expression, which is where its time goes.
 */
final class Code {

    /** JavaPoet's, for what is not laid out here. */
    private static final int WIDTH = 100;

    private final StringBuilder format = new StringBuilder();
    private final List<Object> arguments = new ArrayList<>();

    Code text(String text) {
        format.append(literally(text));
        return this;
    }

    /** Makes a text mean itself in a format; names of parameters may have dollars. */
    static String literally(String text) {
        return text.replace("$", "$$");
    }

    Code type(TypeName type) {
        format.append("$T");
        arguments.add(type);
        return this;
    }

    Code string(String value) {
        StringBuilder literal = new StringBuilder("\"");
        value.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> literal.append('\\').append((char) c);
                case '\n' -> literal.append("\\n");
                case '\t' -> literal.append("\\t");
                default -> literal.append(c < ' ' ? "\\%03o".formatted(c) : (char) c);
            }
        });
        return text(literal.append('"').toString());
    }

    Code code(Code other) {
        format.append(other.format);
        arguments.addAll(other.arguments);
        return this;
    }

    CodeBlock build() {
        return CodeBlock.of(format.toString(), arguments.toArray());
    }

    /**
     * Joins words by commas, starting a new line where one would be too long.
     *
     * @param column where the first word stands
     * @param indent what a new line starts with, beyond the indentation of the member
     */
    static String lines(List<String> words, int column, String indent) {
        StringBuilder lines = new StringBuilder();
        int at = column;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i) + (i < words.size() - 1 ? "," : "");
            if (i > 0 && at + word.length() + 3 > WIDTH) {
                lines.append('\n').append(indent);
                at = indent.length() + 4;
            } else if (i > 0) {
                lines.append(' ');
                at++;
            }
            lines.append(word);
            at += word.length();
        }
        return lines.toString();
    }
}
