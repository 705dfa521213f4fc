package dev.foothold.internal.yaml;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Decides which unquoted words are text.
 *
 * <p>YAML 1.1, YAML 1.2 and the readers in use disagree: {@code 010}, {@code 0o10}, {@code 1e3}, {@code y} and {@code
 * 12:30} are numbers, booleans or text depending on who reads. Whatever any of them takes for something else is not
 * text here, so it is quoted when it is written as text, and a word left alone stays the word it was.
 */
final class WaryResolver extends Resolver {

    /** The type of words that are text, but make some readers fail. */
    static final Tag DUBIOUS = new Tag(Tag.PREFIX + "value");

    private static final String NUMBER_STARTS = "-+.0123456789";

    private static final WaryResolver SHARED = new WaryResolver();

    WaryResolver() {
        addImplicitResolver(Tag.BOOL, Pattern.compile("[yYnN]"), "yYnN");
        addImplicitResolver(Tag.INT, Pattern.compile("[-+]?0o[0-7]+"), NUMBER_STARTS);
        // Not 08: the writer quotes every word of digits with a leading zero, and would have to tag one it left a
        // number.
        addImplicitResolver(
                Tag.FLOAT,
                Pattern.compile("[-+]?(?:\\.[0-9]+|(?!0[0-9]+$)[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
                NUMBER_STARTS);
        addImplicitResolver(DUBIOUS, Pattern.compile("=|[-+]?0[bx]?_+"), "=-+0");
    }

    /** Tells whether every reader takes the unquoted word for text. */
    static boolean isText(String word) {
        return SHARED.resolve(NodeId.scalar, word, true).equals(Tag.STR);
    }
}
