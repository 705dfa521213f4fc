package dev.foothold.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.foothold.testing.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema judges documents as the reader does; a validator that is not ours says what it means. */
class JsonSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private static Set<ValidationMessage> validate(ProviderSchema schema, String document) {
        return FACTORY.getSchema(schema.jsonSchema(), InputFormat.JSON, CONFIG).validate(document, InputFormat.JSON);
    }

    private static boolean isRead(ProviderSchema schema, String document) {
        try {
            schema.read(Settings.yaml(document, "settings.json").withFiles(path -> new byte[] {'x'}));
            return true;
        } catch (SettingsException e) {
            return false;
        }
    }

    private static JsonNode json(ProviderSchema schema) throws Exception {
        return JSON.readTree(schema.jsonSchema());
    }

    @Test
    void theSchema_isValidItself() {
        var meta = FACTORY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        Seeds.forEach(
                200,
                seed -> assertThat(meta.validate(schema(new Random(seed)).jsonSchema(), InputFormat.JSON))
                        .isEmpty());
        assertThat(meta.validate(Acme.SCHEMA.jsonSchema(), InputFormat.JSON)).isEmpty();
    }

    @Test
    void equalSchemas_areWrittenEqually() {
        assertThat(schema(new Random(7)).jsonSchema())
                .isEqualTo(schema(new Random(7)).jsonSchema());
        assertThat(Acme.SCHEMA.jsonSchema()).endsWith("}\n").doesNotContain("\r");
    }

    @Test
    void aProperty_tellsAllThatEditorsShow() throws Exception {
        JsonNode properties = json(Acme.SCHEMA).get("properties");
        assertThat(properties.at("/endpoint/description").asText()).isEqualTo("Where the API listens.");
        assertThat(properties.at("/plan/default").asText()).isEqualTo("very-large");
        assertThat(properties.at("/plan/anyOf/0/enum").toString()).isEqualTo("[\"small\",\"very-large\"]");
        assertThat(properties.at("/checked/default").isBoolean()).isTrue();
        assertThat(properties.at("/retry/properties/attempts/default").isInt()).isTrue();
        assertThat(properties.at("/root-disk/deprecated").asBoolean()).isTrue();
        assertThat(properties.at("/root-disk/default").isMissingNode()).isTrue();
        assertThat(properties.at("/disk/deprecated").isMissingNode()).isTrue();
        assertThat(json(Acme.SCHEMA).at("/allOf").toString()).contains("\"writeOnly\":true");
        assertThat(Acme.SCHEMA.jsonSchema()).contains("\"title\": \"credential of type \\\"access-key\\\"\"");
        ProviderSchema secret = ProviderSchema.of("acme")
                .withConfiguration(SettingGroup.of(
                        in -> "",
                        SettingSpec.of("pin", SettingType.INTEGER).asSecret().withDefault("4711")));
        assertThat(secret.jsonSchema()).doesNotContain("4711").contains("\"writeOnly\": true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "true  ! {}",
                "true  ! {'proxy': null, 'retry': {}, 'labels': null, 'zones': []}",
                "true  ! {'proxy': {}}",
                "false ! {'proxy': {'port': 1, 'name': 'x'}}",
                "true  ! {'proxy': {'host': 'h', 'password': 'p'}}",
                "false ! {'proxy': {'host': 'h', 'password': 'p', 'password-file': 'f'}}",
                "true  ! {'plan': 'Very-Large', 'disk': '1.5TB', 'checked': 'FALSE', 'version': 1.10}",
                "false ! {'plan': 'huge'}",
                "false ! {'disk': 10}",
                "false ! {'disk': '1G', 'rootfs': '1G'}",
                "false ! {'root-disk': '1G', 'rootfs': '1G'}",
                "true  ! {'rootfs': '1G'}",
                "true  ! {'retry': {'pause': '1h30m', 'attempts': '4'}}",
                "true  ! {'retry': {'pause': 'PT30S', 'attempts': 4}}",
                "false ! {'retry': {'pause': '30m1h'}}",
                "false ! {'retry': {'pause': ''}}",
                "false ! {'retry': {'attempts': 2147483648}}",
                "false ! {'retry': {'attempts': 1.5}}",
                "false ! {'retry': 5}",
                "true  ! {'zones': [{'name': 'a', 'ports': '1, 2'}, {'name': 'b', 'ports': [3, '4']}]}",
                "false ! {'zones': [{'ports': [1]}]}",
                "false ! {'zones': 'a'}",
                "true  ! {'zones': ''}",
                "true  ! {'labels': 'a=b, c=d'}",
                "true  ! {'labels': {'a': 'b', 'c': 1, 'd': true}}",
                "false ! {'labels': {'a': []}}",
                "false ! {'labels': 'a'}",
                "false ! {'version': null}",
                "false ! {'colour': 'red'}",
                "true  ! {'key': 'k', 'secret': 's'}",
                "true  ! {'key': 'k', 'secret-file': 'f'}",
                "false ! {'key': 'k', 'secret': 's', 'secret-file': 'f'}",
                "true  ! {'auth-type': 'token', 'token': 't'}",
                "false ! {'auth-type': 'oauth', 'token': 't'}",
                "false ! {'auth-type': 'token', 'key': 'k'}",
                "false ! {'token': 't', 'key': 'k', 'secret': 's'}"
            })
    void theSchema_takesWhatTheReaderTakes(boolean right, String settings) {
        String document = settings.replace('\'', '"')
                .replaceFirst("\\{", "{\"endpoint\": \"https://acme.example\", \"region\": \"north\", ")
                .replace(", }", "}");
        ProviderSchema schema = settings.contains("key") || settings.contains("token") || settings.contains("auth-type")
                ? Acme.SCHEMA
                : ProviderSchema.of("acme").withConfiguration(Acme.CONFIG);
        assertThat(isRead(schema, document)).isEqualTo(right);
        Set<ValidationMessage> messages = validate(schema, document);
        assertThat(messages.isEmpty()).as(messages.toString()).isEqualTo(right);
    }

    @Test
    void whatTheEnvironmentMayBring_andACredentialKeptApart_areNotRequired() {
        assertThat(validate(Acme.SCHEMA, "{\"region\": \"north\"}")).isEmpty();
        assertThat(validate(Acme.SCHEMA, "{\"region\": \"north\", \"key\": \"k\"}"))
                .hasSize(0);
        assertThat(validate(Acme.SCHEMA, "{}")).isNotEmpty();
    }

    @Test
    void overRandomSchemasAndDocuments_readerAndSchemaAgree() {
        int[] read = {0, 0};
        Seeds.forEach(600, seed -> {
            Random random = new Random(seed);
            ProviderSchema schema = schema(random);
            for (int i = 0; i < 4; i++) {
                String document =
                        JSON.writeValueAsString(document(schema.configuration().orElseThrow(), random));
                boolean right = isRead(schema, document);
                assertThat(validate(schema, document).isEmpty())
                        .as("%s\nagainst %s", document, schema.jsonSchema())
                        .isEqualTo(right);
                read[right ? 1 : 0]++;
            }
        });
        // Both answers have to occur, or the comparison says little.
        assertThat(read[0]).isGreaterThan(read[1] / 10);
        assertThat(read[1]).isGreaterThan(read[0] / 10);
    }

    private static final List<SettingType<?>> SCALARS = List.of(
            SettingType.TEXT,
            SettingType.SECRET,
            SettingType.INTEGER,
            SettingType.LONG,
            SettingType.BYTE,
            SettingType.SHORT,
            SettingType.DOUBLE,
            SettingType.FLOAT,
            SettingType.BIG_INTEGER,
            SettingType.BIG_DECIMAL,
            SettingType.BOOLEAN,
            SettingType.DURATION,
            SettingType.SIZE,
            SettingType.URI,
            SettingType.PATH,
            SettingType.choice(List.of("small", "x|y", "1", "true")));

    /** Words that fit some types; none that fits by its form but not by its size, which no pattern can tell. */
    private static final List<Object> WORDS = List.of(
            "",
            " ",
            "a",
            "true",
            "FALSE",
            " 5 ",
            "5",
            "-7",
            "05",
            "1.5",
            "1e3",
            "1h30m",
            "PT5S",
            "5s",
            "512MiB",
            "10G",
            "https://a.example/b",
            "a:b",
            "Small",
            "X|Y",
            "x,y",
            "~",
            "null",
            true,
            false,
            0,
            5,
            -100,
            1.5);

    private static ProviderSchema schema(Random random) {
        return ProviderSchema.of("random").withConfiguration(group(random, 2));
    }

    private static SettingGroup<String> group(Random random, int depth) {
        List<SettingSpec<?>> specs = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            specs.add(spec("s" + i, type(random, depth), random));
        }
        return SettingGroup.of(in -> "made", specs.toArray(SettingSpec<?>[]::new));
    }

    private static SettingType<?> type(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 8 : 4);
        return switch (kind) {
            case 4 -> SettingType.group(group(random, depth - 1));
            case 5 ->
                SettingType.listOf(
                        depth > 1 && random.nextBoolean() ? SettingType.group(group(random, 0)) : SettingType.TEXT);
            case 6 -> SettingType.mapOf(type(random, 0));
            case 7 -> SettingType.listOf(SettingType.group(group(random, 0)));
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }

    private static SettingSpec<?> spec(String name, SettingType<?> type, Random random) {
        SettingSpec<?> spec =
                random.nextInt(3) == 0 ? SettingSpec.of(name, SettingType.optional(type)) : SettingSpec.of(name, type);
        if (random.nextInt(4) == 0) {
            spec = spec.withDeprecatedName(name + "-old");
        }
        if (random.nextInt(4) == 0 && !type.hasParts()) {
            spec = spec.orFile(name + "-file");
        }
        return random.nextInt(4) == 0 ? spec.withDoc("Some \"doc\".") : spec;
    }

    private static Map<String, Object> document(SettingGroup<?> group, Random random) {
        Map<String, Object> document = new LinkedHashMap<>();
        for (SettingSpec<?> spec : group.specs()) {
            for (String key : spec.keys()) {
                boolean file = key.endsWith("-file");
                if (random.nextInt(10) < (key.equals(spec.name()) ? 8 : 1)) {
                    // What a file holds is no matter of the document.
                    document.put(
                            key,
                            file && fits(spec.type(), "x")
                                    ? "some.txt"
                                    : file ? List.of() : value(spec.type(), random));
                }
            }
        }
        if (random.nextInt(20) == 0) {
            document.put("unknown", 1);
        }
        return document;
    }

    private static Object value(SettingType<?> type, Random random) {
        if (random.nextInt(25) == 0) {
            return random.nextBoolean() ? List.of() : Map.of();
        }
        if (type instanceof OptionalType<?> optional) {
            return value(optional.type(), random);
        }
        if (type instanceof GroupType<?> group) {
            return document(group.group(), random);
        }
        if (type instanceof ListType<?> list) {
            return random.nextInt(5) == 0 ? "" : List.of(value(list.element(), random), value(list.element(), random));
        }
        if (type instanceof MapType<?> map) {
            return random.nextInt(5) == 0 ? "" : Map.of("k", value(map.element(), random));
        }
        List<Object> right =
                WORDS.stream().filter(word -> fits(type, String.valueOf(word))).toList();
        return random.nextInt(8) > 0
                ? right.get(random.nextInt(right.size()))
                : WORDS.get(random.nextInt(WORDS.size()));
    }

    private static boolean fits(SettingType<?> type, String text) {
        try {
            return type.parse(text) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    @Test
    void aSchemaWithoutSettings_takesTheEmptyDocumentOnly() {
        ProviderSchema nothing = ProviderSchema.of("none");
        assertThat(validate(nothing, "{}")).isEmpty();
        assertThat(validate(nothing, "{\"a\": 1}")).isNotEmpty();
        assertThatCode(() -> nothing.read(Settings.of(Map.of()))).doesNotThrowAnyException();
    }
}
