package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.event.Event;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.machine.AgentBinaries;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** In which order a bootstrap does its work, and that nothing is done after a step that fails, against recorded answers. */
class BootstrapOrderVectorsTest {

    private static final Map<String, String> CANNOT_FAIL = Map.of(
            "series", "a base is a value; nobody but the cloud says which it supports",
            "empty series", "there is no empty base",
            "ssh client", "the SSH client is a part of the runtime",
            "signing key", "images come from the environ, not from signed streams",
            "host keys", "making a key asks nobody");

    /** The steps that can be seen from outside; images are asked for later than where the vectors filter theirs. */
    private static final List<String> SEEN = List.of("machine config", "zones", "start instance", "print instance");

    private static final MachineAddress ADDRESS = MachineAddress.of("198.51.100.1", AddressScope.PUBLIC);

    private final Timeline timeline = Timeline.virtual(1);
    private final ModelSettings model = ModelSettings.create("prod");
    private final List<String> reached = new ArrayList<>();

    @TestFactory
    Stream<DynamicTest> order() {
        return Vectors.file("bootstrap_order").tests(vector -> new BootstrapOrderVectorsTest().check(vector));
    }

    private void check(VectorCase vector) throws Exception {
        JsonNode failing = vector.get("fail_at");
        String failAt = failing.isNull() ? "" : failing.asText();
        if (CANNOT_FAIL.containsKey(failAt)) {
            throw vector.mappedAway(CANNOT_FAIL.get(failAt));
        }
        BootstrapParams params = BootstrapParams.on(Base.parse("ubuntu@24.04"));
        String failure = bootstrap(failAt, failAt.equals("agent binaries") ? params.agent(AgentBinaries.of()) : params);

        assertThat(reached).isEqualTo(seen(vector.expect("reached")));
        assertThat(seen(vector.expect("not_reached"))).noneMatch(reached::contains);
        JsonNode error = vector.expect("error");
        if (error.isNull()) {
            assertThat(failure).isNull();
        } else {
            assertThat(failure).contains(error.asText().replaceFirst(".*: ", ""));
        }
    }

    private static List<String> seen(JsonNode steps) {
        return StreamSupport.stream(steps.spliterator(), false)
                .map(JsonNode::asText)
                .filter(SEEN::contains)
                .toList();
    }

    private @Nullable String bootstrap(String failAt, BootstrapParams params) throws Exception {
        MemoryStateStore store = new MemoryStateStore();
        try {
            new Bootstrap(store, (machine, context) -> ADDRESS)
                    .bootstrap(
                            Cloud.guard(new Steps(failAt), model, List.of(), timeline, this::hear),
                            OperationContext.create("bootstrap", model, timeline, this::hear),
                            params);
            return null;
        } catch (FootholdException e) {
            assertThat(store.scan("prod/")).as("records").isSubsetOf("prod/provider-state");
            return e.getMessage();
        }
    }

    private void hear(Event event) {
        if (event instanceof Event.InstanceStarted) {
            reached.add("print instance");
        }
    }

    /** Notes the steps that are taken, and fails at one. */
    private final class Steps implements ZonedEnviron {

        private final String failAt;

        private Steps(String failAt) {
            this.failAt = failAt;
        }

        private void reach(String step) {
            reached.add(step);
            if (step.equals(failAt)) {
                throw new IllegalStateException("boom");
            }
        }

        @Override
        public String dataDirectory() throws Exception {
            reach("machine config");
            return ZonedEnviron.super.dataDirectory();
        }

        @Override
        public List<AvailabilityZone> availabilityZones() {
            reach("zones");
            return List.of(AvailabilityZone.of("a"));
        }

        @Override
        public Instance startInstance(StartInstanceParams params) {
            reach("start instance");
            return Instance.of("i-1", InstanceStatus.RUNNING).tagged(params.tags());
        }

        @Override
        public void stopInstance(InstanceId id) {}

        @Override
        public List<Instance> allInstances(Tags owner) {
            return List.of();
        }
    }
}
