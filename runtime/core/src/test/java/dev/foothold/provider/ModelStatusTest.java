package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.bootstrap.StartedBootstrap;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Holder;
import dev.foothold.journal.Pulse;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.testing.UnreliableCloud;
import dev.foothold.time.Timeline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a user is told about a model, whatever state it is in. */
class ModelStatusTest {

    private static final Base UBUNTU = Base.parse("ubuntu@24.04");

    private final Timeline timeline = Timeline.virtual(1);
    private Holder.Life others = Holder.Life.ALIVE;
    private final Foothold foothold = Foothold.with(new MemoryStateStore())
            .withTimeline(timeline)
            .withPulse(new Pulse(new Holder("desk", "", 4711, 0), Pulse.DEFAULT_PERIOD, holder -> others))
            .withFinisher((machine, context) -> MachineAddress.of("198.51.100.1", AddressScope.PUBLIC));
    private final DefaultProvider provider =
            new DefaultProvider(new UnreliableCloud(timeline), ModelSettings.create("prod"), foothold);

    @Test
    void aModelOfWhichThereIsNothing() throws Exception {
        ModelStatus status = provider.status();

        assertThat(status.unfinished()).isEmpty();
        assertThat(status.describe()).isEqualTo("""
                        model "prod"
                        controllers: none
                        machines: none
                        operation: none""");
    }

    @Test
    void aModelThatWorks() throws Exception {
        provider.bootstrapEnv(BootstrapParams.on(UBUNTU));
        provider.launch(3, LaunchParams.on(UBUNTU));

        ModelStatus status = provider.status();

        assertThat(status.controllers()).containsExactly(InstanceId.of("i-1"));
        assertThat(status.zones()).containsOnlyKeys("a", "b", "c");
        assertThat(status.describe()).contains("controllers: i-1\n", "i-1 (running)", "operation: none");
    }

    @Test
    void aModelThatIsBeingWorkedOn() throws Exception {
        try (StartedBootstrap started = provider.bootstrapInstance(BootstrapParams.on(UBUNTU))) {
            assertThat(started.instance().id()).isEqualTo(InstanceId.of("i-1"));
            assertThat(provider.status().describe())
                    .contains(
                            "operation: bootstrap by process 4711 on host desk since 2026-01-01T00:00:00",
                            "it is alive");
        }
        assertThat(provider.status().unfinished()).isEmpty();
    }

    @Test
    void aModelWhoseClientHasDied() throws Exception {
        try (StartedBootstrap dead = provider.bootstrapInstance(BootstrapParams.on(UBUNTU))) {
            others = Holder.Life.GONE;

            assertThat(dead.instance().id()).isEqualTo(InstanceId.of("i-1"));
            assertThat(provider.status().describe())
                    .contains(
                            "zone \"a\": i-1 (running)",
                            "the process has ended",
                            "next: bootstrapEnv() with the same description continues with instance i-1, and with another"
                                    + " one takes it back first; destroyEnv() removes everything");
        }
    }

    @Test
    void aHeartBeatsAlsoWhileNothingIsDone() throws Exception {
        try (StartedBootstrap started = provider.bootstrapInstance(BootstrapParams.on(UBUNTU))) {
            timeline.sleep(Duration.ofMinutes(1));

            assertThat(provider.status().describe()).contains("it is alive");
            started.finish();
        }
    }
}
