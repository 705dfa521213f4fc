package dev.foothold.internal.yaml;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Holds a document of which only some keys are understood, so that it can be changed without losing the others.
 *
 * <p>The other keys keep their order, type, tags, anchors and the words of their values (a number with leading
 * zeros gets quotes and a tag that says it is one); comments are not kept.
 * Immutable.
 */
public final class YamlDocument {

    private final MappingNode root;

    private YamlDocument(MappingNode root) {
        this.root = root;
    }

    /**
     * Holds one scalar of a document.
     *
     * @param text the scalar as it is written, whatever type others would see in it
     * @param line where it is, counted from 1
     * @param column where it is in that line, counted from 1
     */
    public record Scalar(String text, int line, int column) {}

    /**
     * Makes a document without keys.
     *
     * @return the document
     */
    public static YamlDocument empty() {
        return new YamlDocument(YamlNodes.mapping(List.of()));
    }

    /**
     * Reads a document.
     *
     * @param text the document; a mapping, nothing, or null
     * @return the document
     * @throws YamlException if it is not YAML, not a mapping, has duplicate or merge keys, or is larger than
     *     {@link YamlText} allows
     */
    public static YamlDocument parse(String text) throws YamlException {
        MappingNode root = YamlNodes.compose(text);
        for (NodeTuple entry : root.getValue()) {
            // What it merges could be a key that is asked for.
            if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
                throw YamlNodes.at(entry.getKeyNode(), "merge keys are not allowed here");
            }
        }
        return new YamlDocument(root);
    }

    /**
     * Gives the list that is the value of a key.
     *
     * @param key the key
     * @return the items in order; empty if the key is missing, or has nothing or null as its value
     * @throws YamlException if the value is no list, or an item of it no scalar
     */
    public List<Scalar> list(String key) throws YamlException {
        Node value = value(key);
        if (value == null || value.getTag().equals(Tag.NULL)) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            throw YamlNodes.at(value, "\"" + key + "\" must be a list, not " + YamlNodes.kind(value));
        }
        List<Scalar> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (!(item instanceof ScalarNode scalar)) {
                throw YamlNodes.at(item, "an item of \"" + key + "\" must be text, not " + YamlNodes.kind(item));
            }
            items.add(new Scalar(scalar.getValue(), YamlNodes.line(scalar), YamlNodes.column(scalar)));
        }
        return List.copyOf(items);
    }

    /**
     * Sets a key to a list of texts; a key that is missing is added at the end.
     *
     * @param key the key
     * @param texts its new value
     * @return the changed document
     */
    public YamlDocument with(String key, List<String> texts) {
        Node value =
                YamlNodes.sequence(texts.stream().<Node>map(YamlNodes::text).toList());
        List<NodeTuple> entries = new ArrayList<>(root.getValue());
        entries.replaceAll(entry -> isKey(entry, key) ? new NodeTuple(entry.getKeyNode(), value) : entry);
        if (value(key) == null) {
            entries.add(new NodeTuple(YamlNodes.text(key), value));
        }
        return new YamlDocument(new MappingNode(root.getTag(), entries, FlowStyle.BLOCK));
    }

    /**
     * Writes the document in block style; an empty list is {@code []}.
     *
     * @return the text, which {@link #parse} reads as an equal document
     */
    public String render() {
        return YamlNodes.serialize(root);
    }

    private @Nullable Node value(String key) {
        return root.getValue().stream()
                .filter(entry -> isKey(entry, key))
                .map(NodeTuple::getValueNode)
                .findFirst()
                .orElse(null);
    }

    private static boolean isKey(NodeTuple entry, String key) {
        return entry.getKeyNode() instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.STR)
                && scalar.getValue().equals(key);
    }
}
