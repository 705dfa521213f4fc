package dev.foothold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.cloud.Call;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.instance.Instance;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultZonedProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A provider that lies as it is told, and else is the author's own. */
class FaultInjectorTest {

    private static final LaunchParams UBUNTU = LaunchParams.on(Base.parse("ubuntu@24.04"));

    private final SmallCloud cloud = new SmallCloud();
    private final FaultInjector faults = FaultInjector.create();
    private final DefaultZonedProvider provider = new DefaultZonedProvider(
            new ZonedSmallEnviron(cloud),
            ModelSettings.create("lies"),
            Foothold.with(new MemoryStore()).withTimeline(Timeline.virtual(1)).withInterceptor(faults));

    @Test
    void withoutLiesEverythingIsTrue() throws Exception {
        List<Instance> started = provider.launch(2, UBUNTU).started();

        assertThat(provider.instances())
                .extracting(Instance::id)
                .containsExactlyInAnyOrderElementsOf(
                        started.stream().map(Instance::id).toList());
        assertThat(faults.count("startInstance")).isEqualTo(2);
        assertThat(faults.calls()).extracting(Call::operation).contains("availabilityZones", "allInstances");
    }

    @Test
    void aLostRequestDoesNothing_aLostReplyDoesIt() throws Exception {
        faults.next("startInstance", Lie.requestLost());
        assertThat(provider.launch(1, UBUNTU.zones("a")).refusals().get("a"))
                .hasMessageContaining("connection refused for startInstance");
        assertThat(cloud.starts).isZero();

        faults.next("startInstance", Lie.replyLost());
        assertThat(provider.launch(1, UBUNTU.zones("a")).refusals().get("a"))
                .hasMessageContaining("connection reset after startInstance");
        assertThat(cloud.starts).isEqualTo(1);
    }

    @Test
    void aRefusalMeansWhatItIsToldTo() {
        faults.next("allInstances", Lie.refusal(Kind.QUOTA));
        assertThatThrownBy(provider::instances)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.kind()).isEqualTo(Kind.QUOTA));
    }

    // tag::lies[]
    @Test
    void whatIsThrottledIsAskedAgain() throws Exception {
        faults.next("allInstances", 2, Lie.throttled(Duration.ofMillis(1)));
        assertThat(provider.instances()).isEmpty();
        assertThat(faults.count("allInstances")).isEqualTo(3);
    }
    // end::lies[]

    @Test
    void listingsShowNothingOrHalf_andTellTheTruthAgain() throws Exception {
        provider.launch(3, UBUNTU);
        faults.next("allInstances", Lie.nothingListed()).next("allInstances", Lie.halfListed());

        assertThat(provider.instances()).isEmpty();
        assertThat(provider.instances()).hasSize(2);
        assertThat(provider.instances()).hasSize(3);
    }

    @Test
    void aLieForAllCallsLastsUntilTheTruthIsTold() throws Exception {
        provider.launch(1, UBUNTU);
        faults.always("allInstances", Lie.nothingListed()).next("allInstances", Lie.late(Duration.ofMillis(1)));

        assertThat(provider.instances()).hasSize(1);
        assertThat(provider.instances()).isEmpty();
        assertThat(provider.instances()).isEmpty();
        faults.tellTheTruth();
        assertThat(provider.instances()).hasSize(1);
    }

    @Test
    void whatIsSentTwiceWithOneTokenStartsOneInstance() throws Exception {
        faults.next("startInstance", Lie.sentTwice());
        assertThat(provider.launch(1, UBUNTU).started()).hasSize(1);
        assertThat(cloud.machines).hasSize(1);
    }

    @Test
    void anInterruptComesAfterTheDeed() {
        faults.next("allInstances", Lie.interrupted());
        assertThatThrownBy(provider::instances)
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("allInstances");
    }

    @Test
    void aLieIsToldAtLeastOnce_andSaysWhatItIs() {
        assertThatThrownBy(() -> faults.next("allInstances", 0, Lie.replyLost()))
                .hasMessage("\"the reply is lost\" must be told at least once, not 0 times");
        assertThat(Lie.late(Duration.ofMillis(5))).hasToString("the answer is 5 ms late");
    }
}
