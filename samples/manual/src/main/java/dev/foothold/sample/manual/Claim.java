package dev.foothold.sample.manual;

import dev.foothold.environ.IdempotencyToken;
import dev.foothold.model.Tags;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Says whose a machine is. As text it is YAML, which people can read on the machine.
 *
 * @param key tells it from other claims on the same machine; always the same for a token
 * @param since when the machine was claimed
 * @param tags what Foothold has asked to be put on the instance
 */
record Claim(String key, Instant since, Tags tags) {

    private static final int KEY_LENGTH = 12;

    /** Derives the key of the claim that a start makes. */
    static String key(IdempotencyToken token) {
        return token.asUuid().toString().replace("-", "").substring(0, KEY_LENGTH);
    }

    /** Gives the line by which the text of a claim with a key is recognised. */
    static String keyLine(String key) {
        return "\"key\": \"" + key + "\"";
    }

    /** Renders the claim; every text is in double quotes. */
    String text() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("since", since.toString());
        fields.put("tags", tags.asMap());
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setDefaultScalarStyle(DumperOptions.ScalarStyle.DOUBLE_QUOTED);
        options.setSplitLines(false);
        options.setAllowUnicode(false);
        return new Yaml(new Representer(options), options).dump(fields);
    }

    /**
     * Reads a claim. It comes from a machine that somebody else may have been root on, so nothing of it is taken for
     * granted.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Claim parse(String text) {
        try {
            Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            if (loaded instanceof Map<?, ?> fields
                    && fields.get("key") instanceof String key
                    && key.matches("[0-9a-f]{" + KEY_LENGTH + "}")
                    && fields.get("since") instanceof String since
                    && fields.get("tags") instanceof Map<?, ?> tags) {
                Map<String, String> texts = new LinkedHashMap<>();
                tags.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
                return new Claim(key, Instant.parse(since), Tags.of(texts));
            }
            throw new IllegalArgumentException("it has no key, time and tags");
        } catch (YAMLException | DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
