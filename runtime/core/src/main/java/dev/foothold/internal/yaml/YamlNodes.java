package dev.foothold.internal.yaml;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Turns text into the nodes of one mapping and nodes into text: the settings both entry points of this package share.
 *
 * <p>Documents are composed into nodes only; no object is ever constructed from a tag.
 */
final class YamlNodes {

    /** The most characters a document may have: as many as are read within a second even if they are one value. */
    static final int MAX_LENGTH = 1 << 20;

    /** The deepest nesting of a document. */
    static final int MAX_DEPTH = 50;

    /** The most aliases of lists and maps: enough for people, too few to make a small text mean a huge one. */
    static final int MAX_ALIASES = 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** What counts as the end of a line, or as nothing at all, unless it is escaped. */
    private static final Pattern NEEDS_ESCAPES = Pattern.compile("[\r\u0085\u2028\u2029\uFEFF]");

    private YamlNodes() {}

    /** Reads the mapping a text holds; an empty one if the text holds nothing, or only null. */
    static MappingNode compose(String text) throws YamlException {
        if (text.length() > MAX_LENGTH) {
            throw new YamlException("it is longer than " + MAX_LENGTH + " characters", 0, 0);
        }
        String document = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        Node root;
        try {
            root = yaml().compose(new StringReader(document));
        } catch (MarkedYAMLException e) {
            // Its message, and so the exception itself, quotes lines of the document.
            throw at(e.getProblemMark(), withoutWords(e.getProblem()));
        } catch (ReaderException e) {
            throw unreadable(document, e);
        } catch (YAMLException e) {
            throw new YamlException(e.getMessage(), 0, 0);
        }
        if (root == null || root.getTag().equals(Tag.NULL)) {
            return mapping(List.of());
        }
        if (!(root instanceof MappingNode mapping)) {
            throw at(root, "a mapping is expected, not " + kind(root));
        }
        refuseDuplicateKeys(mapping, Collections.newSetFromMap(new IdentityHashMap<>()));
        return mapping;
    }

    /** Writes a mapping in block style, its parts in the style they have. */
    static String serialize(MappingNode mapping) {
        StringWriter text = new StringWriter();
        yaml().serialize(mapping, text);
        return text.toString();
    }

    static MappingNode mapping(List<NodeTuple> entries) {
        return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
    }

    static SequenceNode sequence(List<Node> items) {
        return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
    }

    /** Makes the node of a text: quoted if it would be read as something else, a block if it has several lines. */
    static ScalarNode text(String value) {
        ScalarStyle style = ScalarStyle.PLAIN;
        if (!WaryResolver.isText(value) || NEEDS_ESCAPES.matcher(value).find()) {
            style = ScalarStyle.DOUBLE_QUOTED;
        } else if (value.indexOf('\n') >= 0) {
            style = ScalarStyle.LITERAL;
        }
        return new ScalarNode(Tag.STR, value, null, null, style);
    }

    static ScalarNode plain(Tag tag, String value) {
        return new ScalarNode(tag, value, null, null, ScalarStyle.PLAIN);
    }

    /** Names the kind of a node for a message, without its content. */
    static String kind(Node node) {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        return node.getTag().equals(Tag.NULL) ? "nothing" : "a single value";
    }

    static YamlException at(Node node, String reason) {
        return at(node.getStartMark(), reason);
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    static int column(Node node) {
        return node.getStartMark().getColumn() + 1;
    }

    private static YamlException at(@Nullable Mark mark, String reason) {
        return mark == null
                ? new YamlException(reason, 0, 0)
                : new YamlException(reason, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** What is not defined may be a secret that begins like an alias or a tag. */
    private static String withoutWords(String problem) {
        if (problem.startsWith("found undefined alias")) {
            return "the alias is not defined; quote a text that begins with an asterisk";
        }
        return problem.startsWith("found undefined tag handle")
                ? "the tag is not defined; quote a text that begins with an exclamation mark"
                : problem;
    }

    private static YamlException unreadable(String document, ReaderException e) {
        int[] before = document.codePoints().limit(e.getPosition()).toArray();
        int line = 1;
        int column = 1;
        for (int codePoint : before) {
            boolean breaks = codePoint == '\n';
            line += breaks ? 1 : 0;
            column = breaks ? 1 : column + 1;
        }
        return new YamlException(String.format("the character U+%04X is not allowed", e.getCodePoint()), line, column);
    }

    private static void refuseDuplicateKeys(Node node, Set<Node> seen) throws YamlException {
        if (!seen.add(node)) {
            return;
        }
        if (node instanceof SequenceNode list) {
            for (Node item : list.getValue()) {
                refuseDuplicateKeys(item, seen);
            }
        } else if (node instanceof MappingNode mapping) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key && !keys.add(key.getTag() + " " + key.getValue())) {
                    throw at(key, "the key \"" + key.getValue() + "\" occurs twice");
                }
                refuseDuplicateKeys(entry.getKeyNode(), seen);
                refuseDuplicateKeys(entry.getValueNode(), seen);
            }
        }
    }

    /** The parser keeps state, so every call has its own. */
    private static Yaml yaml() {
        LoaderOptions loading = new LoaderOptions();
        loading.setAllowDuplicateKeys(false);
        loading.setAllowRecursiveKeys(false);
        loading.setMaxAliasesForCollections(MAX_ALIASES);
        loading.setNestingDepthLimit(MAX_DEPTH);
        loading.setCodePointLimit(MAX_LENGTH);
        DumperOptions dumping = new DumperOptions();
        dumping.setDefaultFlowStyle(FlowStyle.BLOCK);
        dumping.setSplitLines(false);
        dumping.setAllowUnicode(true);
        return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading, new WaryResolver());
    }
}
