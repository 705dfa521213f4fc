package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.machine.AgentBinaries;
import dev.foothold.machine.AgentBinary;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.testing.UnreliableCloud;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Timeline;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which operating systems are bootstrapped, and which only by force, against recorded answers. */
class BootstrapSeriesVectorsTest {

    private static final Map<String, String> BASES =
            Map.of("jammy", "ubuntu@22.04", "focal", "ubuntu@20.04", "xenial", "ubuntu@16.04", "centos7", "centos@7");

    @TestFactory
    Stream<DynamicTest> series() {
        return Vectors.file("bootstrap_series").tests(BootstrapSeriesVectorsTest::check);
    }

    private static void check(VectorCase vector) throws Exception {
        String requested = vector.get("requested").asText();
        if (requested.isEmpty()) {
            throw vector.mappedAway("a description begins with its base; there is no default to fall back to");
        }
        Timeline timeline = Timeline.virtual(1);
        UnreliableCloud cloud = new UnreliableCloud(timeline);
        String failure = bootstrap(vector, requested, cloud, timeline);

        JsonNode error = vector.get("expect").path("error");
        if (error.isTextual()) {
            assertThat(failure).containsAnyOf(BASES.getOrDefault(requested, requested), "agent");
            assertThat(failure.contains("force"))
                    .as(failure)
                    .isEqualTo(error.asText().contains("--force"));
            assertThat(cloud.starts).isEmpty();
        } else {
            assertThat(failure).isNull();
            Base base = Base.parse(BASES.get(vector.expect("series").asText()));
            assertThat(base.os()).isEqualTo(vector.expect("os").asText());
            assertThat(base.channel()).isEqualTo(vector.expect("image_version").asText());
            assertThat(cloud.starts).hasSize(1);
        }
    }

    private static @Nullable String bootstrap(
            VectorCase vector, String requested, UnreliableCloud cloud, Timeline timeline) throws InterruptedException {
        List<Base> supported = new ArrayList<>();
        vector.get("supported").forEach(series -> supported.add(Base.parse(BASES.get(series.asText()))));
        List<AgentBinary> agents = new ArrayList<>();
        vector.get("agent_os")
                .forEach(os -> agents.add(new AgentBinary(
                        "agent",
                        "1.0",
                        os.asText(),
                        Arch.AMD64,
                        1,
                        "0".repeat(64),
                        URI.create("https://a.example/a"))));
        ModelSettings model = ModelSettings.create("prod");
        try {
            BootstrapParams params = BootstrapParams.on(Base.parse(BASES.getOrDefault(requested, requested)))
                    .supporting(supported.toArray(Base[]::new))
                    .agent(AgentBinaries.of(agents.toArray(AgentBinary[]::new)));
            new Bootstrap(
                            new MemoryStateStore(),
                            (machine, context) -> MachineAddress.of("198.51.100.1", AddressScope.PUBLIC))
                    .bootstrap(
                            Cloud.guard(cloud, model, List.of(), timeline, event -> {}),
                            OperationContext.create("bootstrap", model, timeline, event -> {}),
                            vector.get("force").asBoolean() ? params.force() : params);
            return null;
        } catch (FootholdException | IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
