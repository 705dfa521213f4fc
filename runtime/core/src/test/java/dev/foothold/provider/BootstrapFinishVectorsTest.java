package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.Bootstrap;
import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.bootstrap.HostKeyRotation;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.testing.SimulatedEnviron;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Timeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a machine that was started, and what is known of it in the end, against recorded answers. */
@Timeout(120)
class BootstrapFinishVectorsTest {

    private static final Map<String, String> DIFFERENT = Map.of(
            "finalizer_config", "there is no model configuration that a machine's result could be merged into",
            "finalizer_fields",
                    "what a machine is told is made once, before it is started, and not completed afterwards",
            "configure",
                    "a script is rendered from one value, files included; there are no steps between that can fail",
            "dump_log_on_error", "what a script says is shown while it runs, not when it has failed");

    private static final Map<String, Class<? extends Event>> STEPS = Map.of(
            "wait for ssh", Event.WaitStarted.class,
            "print Connected to 10.0.0.1", Event.Connected.class,
            "configure machine", Event.ScriptStarted.class);

    private static final Map<String, Base> SERIES = Map.of("jammy", Base.parse("ubuntu@22.04"));

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> finish() {
        return Vectors.file("bootstrap_finish").tests(this::check);
    }

    private void check(VectorCase vector) throws Exception {
        String op = vector.get("op").asText();
        if (DIFFERENT.containsKey(op)) {
            throw vector.mappedAway(DIFFERENT.get(op));
        }
        if (op.equals("finish")) {
            finish(vector);
        } else {
            result(vector);
        }
    }

    private void finish(VectorCase vector) throws Exception {
        if (!vector.get("options").isTextual()) {
            throw vector.mappedAway("options are values; none is written to a file");
        }
        boolean fails = !vector.get("configure").isTextual();
        List<Event> events = new CopyOnWriteArrayList<>();
        Foothold foothold = Foothold.at(directory.resolve(vector.name())).withEvents(events::add);
        String failure = null;
        try (SimulatedCloud cloud = SimulatedCloud.builder().open();
                DefaultZonedProvider provider =
                        new DefaultZonedProvider(new SimulatedEnviron(cloud), foothold.model("prod"), foothold)) {
            provider.bootstrapEnv(BootstrapParams.on(Base.parse("ubuntu@24.04"))
                    .within(Duration.ofMinutes(1))
                    .hostKeyRotation(HostKeyRotation.NEVER)
                    .cloudConfig(config -> config.shell(fails ? "exit 1" : "true")));
        } catch (FootholdException e) {
            failure = e.getMessage();
        }
        List<String> done = new ArrayList<>();
        events.forEach(event -> STEPS.forEach((step, type) -> {
            if (type.isInstance(event)) {
                done.add(step);
            }
        }));

        assertThat(done)
                .isEqualTo(StreamSupport.stream(vector.expect("steps").spliterator(), false)
                        .map(step -> step.asText())
                        .filter(STEPS::containsKey)
                        .toList());
        if (fails) {
            assertThat(failure).contains("status 1");
        } else {
            assertThat(failure).isNull();
        }
    }

    private static void result(VectorCase vector) throws Exception {
        HardwareCharacteristics hardware =
                HardwareCharacteristics.parse(vector.get("hardware").asText());
        if (vector.get("expect").has("error")) {
            throw vector.mappedAway(
                    "an architecture is asked for, also if by default: a cloud that reports none has" + " given that");
        }
        Base base = SERIES.get(vector.get("series").asText());

        BootstrapResult result = bootstrap(base, hardware);

        assertThat(result.arch().text()).isEqualTo(vector.expect("arch").asText());
        assertThat(result.base()).isEqualTo(SERIES.get(vector.expect("series").asText()));
    }

    @Test
    @Tag("D-1")
    void aMachineThatReportsNoArchitecture_hasTheOneThatWasAskedFor() throws Exception {
        BootstrapResult result = bootstrap(Base.parse("ubuntu@24.04"), HardwareCharacteristics.parse("mem=4G"));

        assertThat(result.arch()).isEqualTo(BootstrapParams.on(result.base()).arch());
    }

    private static BootstrapResult bootstrap(@Nullable Base base, HardwareCharacteristics hardware) throws Exception {
        Timeline timeline = Timeline.virtual(1);
        ModelSettings model = ModelSettings.create("prod");
        return new Bootstrap(
                        new MemoryStateStore(),
                        (machine, context) -> MachineAddress.of("198.51.100.1", AddressScope.PUBLIC))
                .bootstrap(
                        Cloud.guard(new Hardware(hardware), model, List.of(), timeline, EventSink.none()),
                        OperationContext.create("bootstrap", model, timeline, EventSink.none()),
                        BootstrapParams.on(base));
    }

    /** A cloud that starts the machine it has. */
    private record Hardware(HardwareCharacteristics hardware) implements Environ {

        @Override
        public Instance startInstance(StartInstanceParams params) {
            return Instance.of("i-1", InstanceStatus.RUNNING).with(hardware).tagged(params.tags());
        }

        @Override
        public void stopInstance(InstanceId id) {}

        @Override
        public List<Instance> allInstances(Tags owner) {
            return List.of();
        }
    }
}
