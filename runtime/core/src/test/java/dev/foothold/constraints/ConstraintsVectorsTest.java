package dev.foothold.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Constraints against recorded answers. */
class ConstraintsVectorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    @Tag("D-46")
    Stream<DynamicTest> parsing() {
        return Vectors.file("constraints_parse").tests(ConstraintsVectorsTest::checkParsing);
    }

    @TestFactory
    Stream<DynamicTest> joining() {
        return Vectors.file("constraints_join")
                .tests(vector -> check(
                        vector,
                        () -> Constraints.join(texts(vector.get("values")).stream()
                                .map(Constraints::parse)
                                .toList())));
    }

    @TestFactory
    @Tag("D-48")
    Stream<DynamicTest> readingYaml() {
        return Vectors.file("constraints_yaml")
                .tests(vector -> check(
                        vector, () -> Constraints.fromYaml(vector.get("yaml").asText())));
    }

    @TestFactory
    Stream<DynamicTest> thereAndBack() {
        return Vectors.file("constraints_roundtrip").tests(ConstraintsVectorsTest::checkThereAndBack);
    }

    @TestFactory
    @Tag("D-49")
    @Tag("D-50")
    @Tag("D-52")
    Stream<DynamicTest> merging() {
        return Vectors.file("constraints_merge")
                .tests(vector -> check(
                        vector,
                        () -> validator(vector)
                                .merge(
                                        Constraints.parse(vector.get("fallback").asText()),
                                        Constraints.parse(vector.get("cons").asText()))));
    }

    @TestFactory
    @Tag("D-49")
    Stream<DynamicTest> validating() {
        return Vectors.file("constraints_validate").tests(ConstraintsVectorsTest::checkValidating);
    }

    private static void checkParsing(VectorCase vector) {
        List<String> arguments = texts(vector.get("args"));
        if (RecordedReasons.expected(vector)) {
            check(vector, () -> Constraints.parse(arguments.toArray(String[]::new)));
            return;
        }
        ParsedConstraints parsed = Constraints.parseWithAliases(arguments);
        Constraints constraints = parsed.constraints();
        Map<String, String> aliases = new LinkedHashMap<>();
        parsed.aliases().forEach((alias, name) -> aliases.put(alias, name.text()));

        assertThat(constraints.toMap())
                .isEqualTo(Constraints.fromMap(map(vector.expect("value"))).toMap());
        assertThat(json(constraints.toMap())).isEqualTo(json(map(vector.expect("value"))));
        assertThat(constraints).hasToString(vector.expect("canonical").asText());
        assertThat(aliases).isEqualTo(map(vector.expect("aliases")));
        assertThat(constraints.isEmpty()).isEqualTo(vector.expect("empty").asBoolean());
        assertThat(constraints.includeSpaces()).isEqualTo(texts(vector.expect("include_spaces")));
        assertThat(constraints.excludeSpaces()).isEqualTo(texts(vector.expect("exclude_spaces")));
        // Whether there are tags is a question that the original does not ask.
        assertThat(Arrays.stream(ConstraintName.values())
                        .filter(name -> name != ConstraintName.TAGS)
                        .filter(constraints::has)
                        .map(ConstraintName::text))
                .containsExactlyInAnyOrderElementsOf(texts(vector.expect("has")));
    }

    private static void checkThereAndBack(VectorCase vector) throws JsonProcessingException {
        Constraints constraints = Constraints.parse(vector.get("text").asText());
        JsonNode json = vector.expect("json");

        assertThat(constraints).hasToString(vector.expect("canonical").asText());
        assertThat(json(constraints.toMap())).isEqualTo(json(map(json)));
        assertThat(Constraints.fromMap(map(json))).isEqualTo(constraints);
        assertThat(Constraints.fromYaml(JSON.writeValueAsString(json))).isEqualTo(constraints);
        assertThat(Constraints.fromYaml(vector.expect("yaml").asText())).isEqualTo(constraints);
        assertThat(Constraints.fromYaml(constraints.toYaml())).isEqualTo(constraints);
    }

    private static void checkValidating(VectorCase vector) {
        if (vector.name().equals("unsupported-alias-name")) {
            throw vector.mappedAway("names are constants here, and an alias is none");
        }
        if (vector.name().equals("vocab-bool-never-matches-text")) {
            throw vector.mappedAway("a vocabulary is made of values as they are written, where true is true");
        }
        ConstraintsReport report =
                validator(vector).validate(Constraints.parse(vector.get("cons").asText()));

        assertThat(report.unsupported().stream().map(ConstraintName::text))
                .isEqualTo(texts(vector.expect("unsupported")));
        if (RecordedReasons.expected(vector)) {
            RecordedReasons.assertSays(report.faults().get(0), vector);
        } else {
            assertThat(report.faults()).isEmpty();
        }
    }

    private static void check(VectorCase vector, Callable<Constraints> answer) {
        if (RecordedReasons.expected(vector)) {
            IllegalArgumentException refusal = catchThrowableOfType(IllegalArgumentException.class, answer::call);
            assertThat(refusal).as("a refusal").isNotNull();
            RecordedReasons.assertSays(refusal.getMessage(), vector);
            return;
        }
        try {
            assertThat(answer.call()).hasToString(vector.expect("canonical").asText());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static ConstraintsValidator validator(VectorCase vector) {
        ConstraintsValidator validator = ConstraintsValidator.permissive()
                .unsupported(names(vector.json().path("unsupported")).toArray(ConstraintName[]::new));
        for (JsonNode conflict : vector.json().path("conflicts")) {
            validator = validator.conflict(names(conflict.get(0)), names(conflict.get(1)));
        }
        for (Map.Entry<String, JsonNode> vocabulary :
                vector.json().path("vocab").properties()) {
            validator = validator.vocabulary(ConstraintName.parse(vocabulary.getKey()), texts(vocabulary.getValue()));
        }
        for (JsonNode update : vector.json().path("update_vocab")) {
            validator = validator.updateVocabulary(
                    ConstraintName.parse(update.get(0).asText()), texts(update.get(1)));
        }
        JsonNode resolver = vector.json().path("resolver");
        if (!resolver.isMissingNode()) {
            List<ConstraintName> pair = names(resolver.get("between"));
            Optional<String> objection = Optional.of(resolver.get("result"))
                    .filter(result -> !result.isNull())
                    .map(JsonNode::asText);
            validator = validator.resolver(pair.get(0), pair.get(1), constraints -> objection);
        }
        return validator;
    }

    private static List<ConstraintName> names(JsonNode array) {
        return texts(array).stream().map(ConstraintName::parse).toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static JsonNode json(Map<String, Object> map) {
        try {
            return JSON.readTree(JSON.writeValueAsString(map));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> map(JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
        return map;
    }

    private static Object value(JsonNode value) {
        if (value.isArray()) {
            return new ArrayList<>(texts(value));
        }
        return value.isBoolean()
                ? (Object) value.booleanValue()
                : value.isIntegralNumber() ? value.bigIntegerValue() : value.asText();
    }
}
