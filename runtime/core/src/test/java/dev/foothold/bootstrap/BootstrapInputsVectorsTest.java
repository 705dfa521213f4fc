package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foothold.constraints.Constraints;
import dev.foothold.environ.RootDisk;
import dev.foothold.machine.AgentBinaries;
import dev.foothold.machine.AgentBinary;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which images, agents and disks a bootstrap makes use of, against recorded answers. */
class BootstrapInputsVectorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base UBUNTU = Base.parse("ubuntu@22.04");

    @TestFactory
    Stream<DynamicTest> inputs() {
        return Vectors.file("bootstrap_inputs").tests(BootstrapInputsVectorsTest::check);
    }

    private static void check(VectorCase vector) {
        switch (vector.get("op").asText()) {
            case "images" -> checkImages(vector);
            case "tools" -> checkAgents(vector);
            case "root_disk" -> checkRootDisk(vector);
            default -> throw new AssertionError(vector);
        }
    }

    private static void checkImages(VectorCase vector) {
        List<ImageMetadata> images = new ArrayList<>();
        for (JsonNode image : vector.get("images")) {
            // An image says its version, always; none of another one is none of this.
            String version = image.get("version").asText();
            images.add(ImageMetadata.of(
                    image.get("id").asText(), new Base("ubuntu", version.isEmpty() ? "none" : version), Arch.AMD64));
        }
        Base base = new Base("ubuntu", vector.get("image_version").asText());

        assertThat(Offering.fitting(images, base, Arch.AMD64))
                .extracting(ImageMetadata::id)
                .isEqualTo(texts(vector.expect("ids")));
        assertThat(Offering.fitting(images, base, Arch.ARM64)).isEmpty();
    }

    /** The architecture is that of the machine, which is known here. */
    private static void checkAgents(VectorCase vector) {
        List<AgentBinary> all = new ArrayList<>();
        for (String tool : texts(vector.get("tools"))) {
            String[] parts = tool.split("-");
            all.add(new AgentBinary(
                    "agent",
                    parts[0],
                    parts[1],
                    Arch.parse(parts[2]),
                    1,
                    "0".repeat(64),
                    URI.create("https://agents.example/" + tool)));
        }
        AgentBinaries binaries = AgentBinaries.of(all.toArray(AgentBinary[]::new));
        if (vector.get("expect").has("error")) {
            assertThatThrownBy(() -> binaries.choose(UBUNTU, Arch.AMD64, null))
                    .hasMessageContaining("no matching agent binaries available");
            return;
        }
        List<String> usable = Stream.of(Arch.AMD64, Arch.ARM64)
                .map(arch -> binaries.choose(UBUNTU, arch, null))
                .map(agent ->
                        agent.version() + "-" + agent.os() + "-" + agent.arch().text())
                .toList();

        assertThat(usable).isEqualTo(texts(vector.expect("tools")));
    }

    private static void checkRootDisk(VectorCase vector) {
        BootstrapParams params = BootstrapParams.on(UBUNTU);
        for (Map.Entry<String, JsonNode> pool : vector.get("storage_pools").properties()) {
            params = params.storagePool(pool.getKey(), map(pool.getValue()));
        }
        JsonNode source = vector.get("root_disk_source");
        if (source.isTextual()) {
            params = params.constraints(Constraints.none().withRootDiskSource(source.asText()));
        }
        JsonNode expected = vector.expect("root_disk");
        if (expected.isNull()) {
            assertThat(params.rootDisk()).isNull();
        } else {
            assertThat(params.rootDisk())
                    .isEqualTo(new RootDisk(expected.get("provider").asText(), map(expected.get("attributes"))));
        }
    }

    private static Map<String, Object> map(JsonNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> map.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class)));
        return map;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }
}
