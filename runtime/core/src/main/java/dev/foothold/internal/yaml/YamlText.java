package dev.foothold.internal.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Turns YAML into plain maps, lists and scalars, and plain values into YAML.
 *
 * <p>A document is a mapping with text as keys; tags of one's own, merge keys, duplicate keys and values that contain
 * themselves are refused, as are documents of more than 1 Mi characters, 50 levels or 20 aliases. Stateless.
 */
public final class YamlText {

    private YamlText() {}

    /**
     * Reads a document.
     *
     * <p>Values are {@link Map} (in the order of the document), {@link List}, {@link String}, {@link Boolean},
     * {@link Long}, {@link BigInteger} (beyond the range of a long), {@link Double} and null. Dates and times of the
     * day stay text.
     *
     * @param text the document
     * @return its mapping, unmodifiable; empty if there is nothing in the text, or only null
     * @throws YamlException if it is not YAML, not a mapping, or not allowed
     */
    public static Map<String, @Nullable Object> load(String text) throws YamlException {
        return map(YamlNodes.compose(text));
    }

    /**
     * Writes a document in block style, lines ending with a line feed, in the order of the map.
     *
     * <p>Texts are quoted when {@link #load} or any other reader would take them for something else; texts of several
     * lines become literal blocks unless they hold tabs, spaces at a line's end or other characters that would have to
     * be escaped. Equal maps in equal order give equal texts.
     *
     * @param document maps with text as keys, collections, texts, booleans, numbers (finite) and nulls
     * @return the text; its length is not limited, though {@link #load} limits what it reads
     * @throws IllegalArgumentException if a value is of another type or nested more than 50 deep; the message names its
     *     key
     */
    public static String render(Map<String, ? extends @Nullable Object> document) {
        return YamlNodes.serialize(mappingNode("", document, 1));
    }

    private static Map<String, @Nullable Object> map(MappingNode node) throws YamlException {
        expect(node, Tag.MAP);
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (NodeTuple entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw YamlNodes.at(entry.getKeyNode(), "a key must be text, not " + YamlNodes.kind(entry.getKeyNode()));
            }
            if (!key.getTag().equals(Tag.STR)) {
                throw YamlNodes.at(key, "the key " + key.getValue() + " is not text; quote it if it is meant to be");
            }
            map.put(key.getValue(), value(entry.getValueNode()));
        }
        return Collections.unmodifiableMap(map);
    }

    private static @Nullable Object value(Node node) throws YamlException {
        if (node.isTwoStepsConstruction()) {
            throw YamlNodes.at(node, "the value contains itself");
        }
        if (node instanceof MappingNode mapping) {
            return map(mapping);
        }
        if (node instanceof SequenceNode sequence) {
            expect(sequence, Tag.SEQ);
            List<@Nullable Object> list = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                list.add(value(item));
            }
            return Collections.unmodifiableList(list);
        }
        return scalar((ScalarNode) node);
    }

    private static @Nullable Object scalar(ScalarNode node) throws YamlException {
        String word = node.getValue();
        Tag tag = node.getTag();
        try {
            if (tag.equals(Tag.NULL)) {
                return null;
            }
            if (tag.equals(Tag.BOOL)) {
                return bool(word);
            }
            if (tag.equals(Tag.INT)) {
                return word.indexOf(':') > 0 ? word : integer(word);
            }
            if (tag.equals(Tag.FLOAT)) {
                return word.indexOf(':') > 0 ? word : real(word);
            }
        } catch (NumberFormatException e) {
            throw YamlNodes.at(node, "the value is not what its tag says");
        }
        if (!tag.equals(Tag.TIMESTAMP) && !tag.equals(WaryResolver.DUBIOUS)) {
            expect(node, Tag.STR);
        }
        return word;
    }

    private static boolean bool(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "y" -> true;
            case "false", "no", "off", "n" -> false;
            default -> throw new NumberFormatException(word);
        };
    }

    private static Number integer(String word) {
        boolean negative = word.startsWith("-");
        String digits = word.replace("_", "").replaceFirst("^[-+]", "");
        int radix = 10;
        if (digits.matches("0[box].+")) {
            radix = digits.charAt(1) == 'x' ? 16 : digits.charAt(1) == 'o' ? 8 : 2;
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
        }
        BigInteger value = new BigInteger(negative ? "-" + digits : digits, radix);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    private static double real(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            case ".nan" -> Double.NaN;
            default -> new BigDecimal(word.replace("_", "")).doubleValue();
        };
    }

    private static void expect(Node node, Tag tag) throws YamlException {
        if (!node.getTag().equals(tag)) {
            throw YamlNodes.at(node, "the tag " + node.getTag().getValue() + " is not allowed here");
        }
    }

    private static Node node(String path, @Nullable Object value, int depth) {
        if (depth > YamlNodes.MAX_DEPTH) {
            throw new IllegalArgumentException(path + " is nested more than " + YamlNodes.MAX_DEPTH + " deep");
        }
        if (value == null) {
            return YamlNodes.plain(Tag.NULL, "null");
        }
        if (value instanceof String text) {
            return YamlNodes.text(text);
        }
        if (value instanceof Boolean) {
            return YamlNodes.plain(Tag.BOOL, value.toString());
        }
        if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            return YamlNodes.plain(Tag.INT, value.toString());
        }
        if (value instanceof Double real && Double.isFinite(real)) {
            // Some readers want the exponent's sign, or see text.
            return YamlNodes.plain(Tag.FLOAT, value.toString().replaceFirst("E(?=[0-9])", "E+"));
        }
        if (value instanceof Map<?, ?> map) {
            return mappingNode(path, map, depth);
        }
        if (value instanceof Collection<?> items) {
            List<Node> nodes = new ArrayList<>();
            for (Object item : items) {
                nodes.add(node(path + "[" + nodes.size() + "]", item, depth + 1));
            }
            return YamlNodes.sequence(nodes);
        }
        throw new IllegalArgumentException(
                path + " cannot be written as YAML: it is a " + value.getClass().getName());
    }

    private static MappingNode mappingNode(String path, Map<?, ?> map, int depth) {
        List<NodeTuple> entries = new ArrayList<>();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("the key " + key + " in \"" + path + "\" is not text");
            }
            String valuePath = path.isEmpty() ? name : path + "." + name;
            entries.add(new NodeTuple(YamlNodes.text(name), node(valuePath, value, depth + 1)));
        });
        return YamlNodes.mapping(entries);
    }
}
