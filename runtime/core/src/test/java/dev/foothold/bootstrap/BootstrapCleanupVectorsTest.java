package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.CloudException;
import dev.foothold.event.Event;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.NotBootstrappedException;
import dev.foothold.state.ProviderState;
import dev.foothold.testing.UnreliableCloud;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** What is cleaned up after a failed bootstrap, and what stays on record, against recorded answers. */
class BootstrapCleanupVectorsTest {

    private static final BootstrapParams PARAMS = BootstrapParams.on(Base.parse("ubuntu@24.04"));
    private static final MachineAddress ADDRESS = MachineAddress.of("198.51.100.1", AddressScope.PUBLIC);

    private final Timeline timeline = Timeline.virtual(1);
    private final ModelSettings model = ModelSettings.create("prod");
    private final MemoryStateStore store = new MemoryStateStore();
    private final UnreliableCloud cloud = new UnreliableCloud(timeline);
    private final List<Event> events = new ArrayList<>();

    @TestFactory
    @Tag("D-18")
    @Tag("D-19")
    Stream<DynamicTest> cleanup() {
        return Vectors.file("bootstrap_cleanup").tests(vector -> new BootstrapCleanupVectorsTest().check(vector));
    }

    private void check(VectorCase vector) throws Exception {
        JsonNode failing = vector.get("fails_at");
        String failsAt = failing.isNull() ? "" : failing.asText();
        switch (failsAt) {
            case "merge-constraints" ->
                throw vector.mappedAway("there is nothing to clean up before the cloud was asked for a machine");
            case "choose-region" ->
                throw vector.mappedAway("a region is a setting of the provider, not of a bootstrap");
            default -> {}
        }
        if (vector.json().has("cloud_error")) {
            throw vector.mappedAway("a refused credential starts nothing that could be stopped");
        }
        ProviderState state = new ProviderState(store, "prod");
        if (failsAt.equals("prepare-already-exists")) {
            state.addStateInstance(InstanceId.of("i-0"));
        }
        if (failsAt.equals("prepare")) {
            cloud.prepareFails = new CloudException(CloudException.Kind.OTHER, "boom");
        }
        boolean cannotDestroy = vector.json().has("destroy_error");
        Throwable failure = run(vector, failsAt, cannotDestroy);

        assertThat(failure == null)
                .as("success")
                .isEqualTo(vector.expect("exit").asInt() == 0);
        assertThat(cloud.stops > 0)
                .as("something was destroyed")
                .isEqualTo(vector.expect("destroy_controller_called").asBoolean());
        if (vector.get("expect").has("record_removed")) {
            assertThat(recorded(state).isEmpty() && store.scan("prod/operation").isEmpty())
                    .as("the record is removed")
                    .isEqualTo(vector.expect("record_removed").asBoolean());
        }
        if (cannotDestroy) {
            assertThat(failure.getSuppressed())
                    .as("why it could not be cleaned up")
                    .isNotEmpty();
        }
        if (vector.get("expect").path("cleanup_continues").asBoolean()) {
            assertThat(events).anyMatch(Event.RollbackInterrupted.class::isInstance);
            assertThat(cloud.instances).isEmpty();
        }
    }

    private @Nullable Throwable run(VectorCase vector, String failsAt, boolean cannotDestroy) throws Exception {
        BootstrapFinisher finisher = (machine, context) -> {
            if (cannotDestroy) {
                cloud.failingStops = Integer.MAX_VALUE;
            }
            if (failsAt.equals("bootstrap")) {
                throw new FootholdException("boom");
            }
            if (failsAt.equals("interrupt-in-bootstrap")) {
                timeline.sleep(Duration.ofHours(1));
            }
            return ADDRESS;
        };
        try (Scope scope = timeline.open("test", Duration.ofHours(2))) {
            Task<BootstrapResult> task = scope.fork(
                    "bootstrap",
                    () -> new Bootstrap(store, finisher)
                            .bootstrap(
                                    Cloud.guard(cloud, model, List.of(), timeline, events::add),
                                    OperationContext.create("bootstrap", model, timeline, events::add),
                                    PARAMS));
            if (failsAt.equals("interrupt-in-bootstrap")) {
                timeline.sleep(Duration.ofMinutes(1));
                task.cancel();
                if (vector.json().path("interrupt_during_cleanup").asBoolean()) {
                    timeline.sleep(Duration.ofMillis(100));
                    task.cancel();
                }
            }
            scope.awaitAll();
            task.result();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private static List<InstanceId> recorded(ProviderState state) {
        try {
            return state.providerStateInstances();
        } catch (NotBootstrappedException e) {
            return List.of();
        }
    }
}
