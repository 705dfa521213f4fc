package dev.foothold.internal.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a document whose reader knows best what each value is: scalars keep their words, and everything knows its line.
 *
 * <p>So {@code 1.10} stays {@code 1.10}, {@code yes} stays {@code yes}, {@code 010} stays {@code 010}. Tags other than
 * YAML's own, merge keys, duplicate keys and values that contain themselves are refused, and so is what
 * {@link YamlText} finds too large. Stateless.
 */
public final class YamlTree {

    private static final Set<Tag> SINGLE =
            Set.of(Tag.STR, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.TIMESTAMP, WaryResolver.DUBIOUS);

    private YamlTree() {}

    /** A part of a document, and the line on which it begins, counted from 1. */
    public sealed interface Part {

        /**
         * Says where it begins.
         *
         * @return the line; that of the key for a value in a block below its key
         */
        int line();
    }

    /**
     * A single value.
     *
     * @param text its words, without quotes
     * @param line where it begins
     */
    public record Scalar(String text, int line) implements Part {}

    /**
     * A null, written or left out.
     *
     * @param line where it would be
     */
    public record Nothing(int line) implements Part {}

    /**
     * A list.
     *
     * @param items its parts in order
     * @param line where it begins
     */
    public record Items(List<Part> items, int line) implements Part {

        /**
         * Copies the list.
         *
         * @param items its parts in order
         * @param line where it begins
         */
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * A mapping.
     *
     * @param entries its parts in the order of the document
     * @param line where it begins
     */
    public record Entries(Map<String, Part> entries, int line) implements Part {

        /**
         * Copies the map.
         *
         * @param entries its parts in the order of the document
         * @param line where it begins
         */
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /**
     * Reads a document.
     *
     * @param text the document; a mapping, nothing, or null
     * @return its mapping
     * @throws YamlException if it is not YAML, not a mapping, or not allowed; no value is in its message
     */
    public static Entries parse(String text) throws YamlException {
        MappingNode root = YamlNodes.compose(text);
        return new Entries(entries(root), root.getStartMark() == null ? 1 : YamlNodes.line(root));
    }

    private static Map<String, Part> entries(MappingNode mapping) throws YamlException {
        expect(mapping, Tag.MAP);
        Map<String, Part> entries = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            Node node = entry.getKeyNode();
            if (node.getTag().equals(Tag.MERGE)) {
                throw YamlNodes.at(node, "merge keys are not allowed here");
            }
            if (!(node instanceof ScalarNode key)) {
                throw YamlNodes.at(node, "a key must be text, not " + YamlNodes.kind(node));
            }
            if (entries.put(key.getValue(), part(entry.getValueNode(), YamlNodes.line(key))) != null) {
                throw YamlNodes.at(key, "the key \"" + key.getValue() + "\" occurs twice");
            }
        }
        return entries;
    }

    /** A block begins below its key, and what is missing nowhere: the line of the key is the one to look at. */
    private static Part part(Node node, int keyLine) throws YamlException {
        if (node.isTwoStepsConstruction()) {
            throw YamlNodes.at(node, "the value contains itself");
        }
        if (node instanceof MappingNode mapping) {
            return new Entries(entries(mapping), keyLine);
        }
        if (node instanceof SequenceNode sequence) {
            expect(sequence, Tag.SEQ);
            List<Part> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                items.add(part(item, YamlNodes.line(item)));
            }
            return new Items(items, keyLine);
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.getTag().equals(Tag.NULL)) {
            return new Nothing(keyLine);
        }
        if (!SINGLE.contains(scalar.getTag())) {
            throw strangeTag(scalar);
        }
        return new Scalar(scalar.getValue(), keyLine);
    }

    private static void expect(Node node, Tag tag) throws YamlException {
        if (!node.getTag().equals(tag)) {
            throw strangeTag(node);
        }
    }

    /** The tag itself is not told: it may be a secret that begins with an exclamation mark. */
    private static YamlException strangeTag(Node node) {
        return YamlNodes.at(node, "a tag is not allowed here; quote a text that begins with an exclamation mark");
    }
}
