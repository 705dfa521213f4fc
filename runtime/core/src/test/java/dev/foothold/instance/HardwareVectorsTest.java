package dev.foothold.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.machine.Arch;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Hardware characteristics and placements against recorded answers. */
class HardwareVectorsTest {

    /** The recorded errors, and what ours have to say instead; the groups are names and values. */
    private static final Map<Pattern, String> WORDS = new LinkedHashMap<>();

    static {
        say("malformed characteristic (\".*\")", "$1 is not a hardware characteristic");
        say("unknown characteristic (\".*\")", "there is no hardware characteristic $1");
        say("bad (\".*?\") characteristic: already set", "hardware characteristic $1 is given twice");
        say(
                "bad (\".*?\") characteristic: (\".*\") not recognized",
                "the value $2 of hardware characteristic $1 must be one of");
        say("bad (\".*?\") characteristic: must be a non-negative integer", "characteristic $1 must be a whole number");
        say("bad (\".*?\") characteristic: must be a non-negative float with.*", "characteristic $1 must be a size");
        say("(.*): parsing quoted string: literal not terminated", "characteristic \"$1\" has no closing quote");
        say("(.*): parsing quoted string: invalid char escape", "characteristic \"$1\" has an invalid escape");
        say("tags: expected comma after quoted value", "characteristic \"tags\" needs a comma after");
        say("placement scope missing", "has no scope");
        say("invalid value (\".*\") for \"(.*)\" scope: expected machine-id", "but $1 is none");
    }

    private static void say(String recorded, String ours) {
        WORDS.put(Pattern.compile(recorded), ours);
    }

    @TestFactory
    @Tag("D-46")
    Stream<DynamicTest> parsing() {
        return Vectors.file("hardware_parse").tests(HardwareVectorsTest::checkParsing);
    }

    @TestFactory
    Stream<DynamicTest> summaries() {
        return Vectors.file("hardware_summary").tests(HardwareVectorsTest::checkSummary);
    }

    @TestFactory
    Stream<DynamicTest> placements() {
        return Vectors.file("placement").tests(HardwareVectorsTest::checkPlacement);
    }

    private static void checkParsing(VectorCase vector) {
        String[] arguments = texts(vector.get("args")).toArray(String[]::new);
        if (vector.name().equals("arch-riscv64")) {
            assertThat(HardwareCharacteristics.parse(arguments).arch()).contains(Arch.RISCV64);
            throw vector.mappedAway("riscv64 is known here, as it is to later versions of the original");
        }
        if (vector.get("expect").has("error")) {
            IllegalArgumentException refusal = catchThrowableOfType(
                    IllegalArgumentException.class, () -> HardwareCharacteristics.parse(arguments));
            assertSays(refusal, vector.expect("error").asText());
            return;
        }
        HardwareCharacteristics hardware = HardwareCharacteristics.parse(arguments);

        assertThat(hardware).hasToString(vector.expect("text").asText());
        assertThat(HardwareCharacteristics.parse(hardware.toString())).isEqualTo(hardware);
        Map<String, Object> expected = new LinkedHashMap<>();
        vector.expect("value").properties().forEach(entry -> expected.put(entry.getKey(), value(entry.getValue())));
        // Recorded it is, as the text shows, but it is no architecture.
        expected.remove("arch", "");
        assertThat(values(hardware)).isEqualTo(expected);
    }

    private static void checkSummary(VectorCase vector) {
        HardwareCharacteristics hardware = HardwareCharacteristics.unknown();
        for (Map.Entry<String, JsonNode> entry : vector.get("hardware").properties()) {
            JsonNode value = entry.getValue();
            switch (entry.getKey()) {
                case "arch" -> {
                    if (value.asText().equals("ppc64")) {
                        throw vector.mappedAway("ppc64 is none of the architectures here; ppc64el is");
                    }
                    hardware = hardware.withArch(Arch.parse(value.asText()));
                }
                case "cpu-cores" -> hardware = hardware.withCores(value.longValue());
                case "cpu-power" -> hardware = hardware.withCpuPower(value.longValue());
                case "mem" -> hardware = hardware.withMemoryMib(value.longValue());
                case "root-disk" -> hardware = hardware.withRootDiskMib(value.longValue());
                case "tags" -> hardware = hardware.withTags(texts(value).toArray(String[]::new));
                case "availability-zone" -> hardware = hardware.withAvailabilityZone(value.asText());
                case "virt-type" -> hardware = hardware.withVirtType(value.asText());
                default -> throw new AssertionError(vector + " has something unknown");
            }
        }
        assertThat(hardware.summary()).isEqualTo(vector.expect("text").asText());
    }

    private static void checkPlacement(VectorCase vector) {
        String text = vector.get("text").asText();
        JsonNode expect = vector.get("expect");
        if (expect.has("error")) {
            IllegalArgumentException refusal =
                    catchThrowableOfType(IllegalArgumentException.class, () -> Placement.parse(text));
            assertSays(refusal, expect.get("error").asText());
            assertThat(refusal).hasMessageStartingWith("the placement \"" + text + "\"");
        } else if (expect.has("value")) {
            assertThat(Placement.parse(text)).isEmpty();
        } else {
            Placement placement = new Placement(
                    expect.get("scope").asText(), expect.get("directive").asText());
            assertThat(Placement.parse(text)).contains(placement);
            assertThat(Placement.parse(placement.toString())).contains(placement);
        }
    }

    private static void assertSays(IllegalArgumentException refusal, String recorded) {
        assertThat(refusal).as("a refusal").isNotNull();
        for (Map.Entry<Pattern, String> entry : WORDS.entrySet()) {
            Matcher matcher = entry.getKey().matcher(recorded);
            if (matcher.matches()) {
                assertThat(refusal).hasMessageContaining(matcher.replaceFirst(entry.getValue()));
                return;
            }
        }
        throw new AssertionError("nobody knows what ours is to say instead of " + recorded);
    }

    private static Map<String, Object> values(HardwareCharacteristics hardware) {
        Map<String, Object> values = new LinkedHashMap<>();
        hardware.arch().ifPresent(arch -> values.put("arch", arch.text()));
        put(values, "cpu-cores", hardware.cores());
        put(values, "cpu-power", hardware.cpuPower());
        put(values, "mem", hardware.memoryMib());
        put(values, "root-disk", hardware.rootDiskMib());
        hardware.rootDiskSource().ifPresent(source -> values.put("root-disk-source", source));
        if (!hardware.tags().isEmpty()) {
            values.put("tags", hardware.tags());
        }
        hardware.availabilityZone().ifPresent(zone -> values.put("availability-zone", zone));
        hardware.virtType().ifPresent(type -> values.put("virt-type", type));
        return values;
    }

    private static void put(Map<String, Object> values, String name, OptionalLong number) {
        number.ifPresent(present -> values.put(name, present));
    }

    /** Numbers beyond a long are clamped; the text has all their digits. */
    private static Object value(JsonNode value) {
        if (value.isArray()) {
            return texts(value);
        }
        return value.isBigInteger() ? (Object) Long.MAX_VALUE : value.isNumber() ? value.longValue() : value.asText();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
