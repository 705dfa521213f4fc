package dev.foothold.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The texts are ours; the attributes, files, choices and reasons they name have to be those of the vectors. */
class CredentialFinalizeVectorsTest {

    /** A text of the vectors, and what ours must say for it; {@code $1} and so on are parts of the vector's text. */
    private static final Map<String, List<String>> TEXTS = Map.of(
            "either \"(.+)\" or \"(.+)\" must be specified", List.of("$1: is missing", "\"$1\" or", "\"$2\""),
            "specifying both \"(.+)\" and \"(.+)\" not valid", List.of("$1 (", "\"$1\" and also", "\"$2\"", "keep one"),
            "(.+): expected string, got nothing", List.of("$1: is missing", "expected text"),
            "unknown key \"(.+)\"", List.of("$1 (", "is not a setting"),
            "(.+): expected one of \\[(.+) (.+)], got (\".+\")", List.of("$1 (", "found $4", "one of $2, $3"),
            "invalid file path: ", List.of("file \"/tmp/none\" cannot be read", "there is no such file"),
            "file path (\".+\") must be a file", List.of("file $1 cannot be read", "it must be a file"),
            "empty file for \"(.+)\" not valid", List.of("is empty", "\"$1\""));

    @TestFactory
    Stream<DynamicTest> credential_finalize() {
        return Vectors.file("credential_finalize").tests(CredentialFinalizeVectorsTest::check);
    }

    private static void check(VectorCase vector) {
        JsonNode expect = vector.get("expect");
        if (expect.path("error").asText().startsWith("duplicate field")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> schema(vector))
                    .withMessageContaining(expect.get("error").asText().replace("duplicate field ", ""))
                    .withMessageContaining("share");
            return;
        }
        Credential credential = Credential.of(vector.get("auth_type").asText(), texts(vector.get("attributes")));
        if (expect.has("attributes")) {
            Credential complete = schema(vector).finalizeCredential(credential, files(vector));
            assertThat(complete.attributes()).isEqualTo(texts(expect.get("attributes")));
            assertThat(complete.authType()).isEqualTo(credential.authType());
            return;
        }
        String error = expect.has("error")
                ? expect.get("error").asText()
                : expect.get("error_prefix").asText();
        SettingsException e = catchThrowableOfType(
                SettingsException.class, () -> schema(vector).finalizeCredential(credential, files(vector)));
        assertThat(e.faults()).hasSize(1);
        assertThat(e.faults().get(0).toString()).contains(ours(vector, error));
        expect.path("error_lacks").forEach(text -> assertThat(e).asString().doesNotContain(text.asText()));
    }

    private static String[] ours(VectorCase vector, String error) {
        for (Map.Entry<String, List<String>> text : TEXTS.entrySet()) {
            Matcher matcher = Pattern.compile(text.getKey()).matcher(error);
            if (matcher.matches()) {
                return text.getValue().stream()
                        .map(part -> matcher.replaceFirst(part))
                        .toArray(String[]::new);
            }
        }
        throw new AssertionError(vector + " has a text that is not mapped: " + error);
    }

    private static CredentialSchema<Map<String, String>> schema(VectorCase vector) {
        CredentialSchema<Map<String, String>> schema = null;
        for (Map.Entry<String, JsonNode> type : vector.get("schemas").properties()) {
            List<SettingSpec<?>> specs = new ArrayList<>();
            type.getValue().forEach(attribute -> specs.add(spec(attribute)));
            SettingGroup<Map<String, String>> group =
                    SettingGroup.of(in -> Map.of(), specs.toArray(SettingSpec<?>[]::new));
            schema = schema == null ? CredentialSchema.of(type.getKey(), group) : schema.or(type.getKey(), group);
        }
        if (schema == null) {
            throw new AssertionError(vector + " has no schema");
        }
        return schema;
    }

    private static SettingSpec<?> spec(JsonNode attribute) {
        SettingType<String> type = attribute.has("options")
                ? SettingType.choice(texts(attribute.get("options").elements()))
                : SettingType.TEXT;
        String name = attribute.get("name").asText();
        SettingSpec<?> spec = attribute.path("optional").asBoolean()
                ? SettingSpec.of(name, SettingType.optional(type))
                : SettingSpec.of(name, type);
        if (attribute.path("hidden").asBoolean()) {
            spec = spec.asSecret();
        }
        if (attribute.has("file_attr")) {
            spec = spec.orFile(attribute.get("file_attr").asText());
        }
        return attribute.path("file_path").asBoolean() ? spec.fromFile() : spec;
    }

    /** The one directory of the vectors is {@code /tmp}. */
    private static SettingFiles files(VectorCase vector) {
        return path -> {
            JsonNode content = vector.get("files").get(path);
            if (content != null) {
                return content.asText().getBytes(StandardCharsets.UTF_8);
            }
            throw new IOException(
                    path.equals("/tmp") ? "it must be a file, but is a directory" : "there is no such file");
        };
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    private static List<String> texts(Iterator<JsonNode> elements) {
        List<String> texts = new ArrayList<>();
        elements.forEachRemaining(element -> texts.add(element.asText()));
        return texts;
    }
}
