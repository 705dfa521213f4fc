package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.cloud.Shortages;
import dev.foothold.distribution.Spread;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.InstanceType;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.testing.UnreliableCloud;
import dev.foothold.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked for when the cloud has no room for what was asked for first. */
class FallingBackTest {

    private static final Base UBUNTU = Base.parse("ubuntu@24.04");
    private static final BootstrapParams PARAMS = BootstrapParams.on(UBUNTU).constraints("mem=1G");
    private static final LaunchParams LAUNCH = LaunchParams.on(UBUNTU).constraints("mem=1G");

    private final Timeline timeline = Timeline.virtual(1);
    private final ModelSettings model = ModelSettings.create("prod");
    private final UnreliableCloud cloud = new UnreliableCloud(timeline);
    private final Cloud guarded = Cloud.guard(cloud, model, List.of(), timeline, event -> {});

    FallingBackTest() {
        cloud.types.add(InstanceType.of("tiny", Arch.AMD64, 1, 512));
        cloud.types.add(InstanceType.of("small", Arch.AMD64, 1, 1024));
        cloud.types.add(InstanceType.of("medium", Arch.AMD64, 2, 2048));
        cloud.types.add(InstanceType.of("large", Arch.AMD64, 4, 4096));
    }

    private void refuse(String what, Kind kind) {
        cloud.refusals.put(what, new CloudException(kind, "not " + what));
    }

    private void bootstrap() throws InterruptedException {
        new Bootstrap(
                        new MemoryStateStore(),
                        (machine, context) -> MachineAddress.of("198.51.100.1", AddressScope.PUBLIC))
                .bootstrap(guarded, OperationContext.create("bootstrap", model, timeline, event -> {}), PARAMS);
    }

    private LaunchResult launch(int count) throws InterruptedException {
        return launch(count, LAUNCH);
    }

    private LaunchResult launch(int count, LaunchParams params) throws InterruptedException {
        return new Launch(new MemoryStateStore())
                .launch(guarded, OperationContext.create("launch", model, timeline, event -> {}), count, params);
    }

    private List<String> asked() {
        List<String> asked = new ArrayList<>();
        for (StartInstanceParams start : cloud.starts) {
            asked.add(start.zone().orElse("") + "/"
                    + (start.instanceType() == null ? "" : start.instanceType().name()));
        }
        cloud.starts.clear();
        return asked;
    }

    @Test
    void theFirstMachineIsAskedForInAllZonesBeforeTheNextSizeIsTried() throws Exception {
        refuse("*/small", Kind.CAPACITY);
        refuse("a/medium", Kind.QUOTA);

        bootstrap();

        assertThat(asked()).containsExactly("a/small", "b/small", "c/small", "a/medium", "b/medium");
    }

    @Test
    void everyAttemptHasATokenOfItsOwn() throws Exception {
        refuse("*/small", Kind.CAPACITY);

        bootstrap();

        assertThat(cloud.starts).extracting(StartInstanceParams::token).doesNotHaveDuplicates();
    }

    @Test
    void aZoneThatRefusesForAnotherReasonIsNotAskedForOtherSizes() throws Exception {
        refuse("a", Kind.OTHER);
        refuse("*/small", Kind.UNSUPPORTED);

        bootstrap();

        assertThat(asked()).containsExactly("a/small", "b/small", "c/small", "b/medium");
    }

    @Test
    void aRefusalThatNoZoneCanMendEndsIt() {
        refuse("a/small", Kind.INVALID_REQUEST);

        assertThatThrownBy(this::bootstrap).hasMessageContaining("not a/small");
        assertThat(asked()).containsExactly("a/small");
    }

    @Test
    void theFailureExplainsEveryOffering() {
        refuse("a", Kind.CAPACITY);
        refuse("b", Kind.QUOTA);
        refuse("c", Kind.OTHER);

        assertThatThrownBy(this::bootstrap)
                .isInstanceOf(BootstrapException.class)
                .hasMessage("""
                        cannot start bootstrap instance in any availability zone (a, b, c):
                          zone "a", small: not a
                          zone "b", small: not b
                          zone "c", small: not c
                          zone "a", medium: not a
                          zone "b", medium: not b
                          zone "a", large: not a
                          zone "b", large: not b""")
                .satisfies(failure -> assertThat(CloudException.find(failure))
                        .map(CloudException::kind)
                        .hasValue(Kind.CAPACITY))
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSizeGreaterThanOrEqualTo(6));
    }

    @Test
    void noMoreThanFiveSizesAreTried() {
        for (int i = 0; i < 100; i++) {
            cloud.types.add(InstanceType.of("x" + i, Arch.AMD64, 64, 1 << 20));
        }
        for (String zone : List.of("a", "b", "c")) {
            refuse(zone + "", Kind.CAPACITY);
        }

        assertThatThrownBy(this::bootstrap).isInstanceOf(BootstrapException.class);
        assertThat(asked()).hasSize(15).last().isEqualTo("c/x1");
    }

    @Test
    void whatThereWasNoRoomForIsTriedLastForAWhile() throws Exception {
        refuse("a/small", Kind.CAPACITY);
        refuse("b/small", Kind.OTHER);
        bootstrap();
        assertThat(asked()).containsExactly("a/small", "b/small", "c/small");

        bootstrap();
        assertThat(asked()).containsExactly("b/small", "c/small");

        timeline.sleep(Shortages.MEMORY);
        bootstrap();
        assertThat(asked()).containsExactly("a/small", "b/small", "c/small");
    }

    @Test
    void whatWasRememberedIsTriedAllTheSameIfNothingElseIsLeft() throws Exception {
        refuse("a", Kind.CAPACITY);
        refuse("b", Kind.CAPACITY);
        refuse("c", Kind.CAPACITY);
        assertThatThrownBy(this::bootstrap).isInstanceOf(BootstrapException.class);
        asked();
        cloud.refusals.clear();

        bootstrap();

        assertThat(asked()).containsExactly("a/small");
    }

    @Test
    void furtherMachinesStayEvenlySpread_inTheSizesTheirZonesHave() throws Exception {
        refuse("a/small", Kind.CAPACITY);
        refuse("b", Kind.CAPACITY);

        LaunchResult result = launch(4);

        assertThat(result.missing()).isZero();
        assertThat(result.started())
                .extracting(instance -> instance.zone().orElse(""))
                .containsExactlyInAnyOrder("a", "a", "c", "c");
        assertThat(result.refusals()).containsOnlyKeys("a", "b");
        assertThat(asked()).contains("a/small", "a/medium", "b/small", "b/medium", "b/large", "c/small");

        launch(2);

        assertThat(asked()).containsExactlyInAnyOrder("a/medium", "c/small");
    }

    @Test
    void byDefault_aZoneShortOfTheSizeGetsTheNextOneRatherThanFallBehind() throws Exception {
        refuse("a/small", Kind.CAPACITY);
        launch(1);
        asked();

        launch(5);

        assertThat(asked()).containsExactlyInAnyOrder("a/medium", "a/medium", "b/small", "c/small", "c/small");
    }

    @Test
    void amongZonesThatHaveAsFew_theOneThatHasTheSizeComesFirst() throws Exception {
        refuse("a/small", Kind.CAPACITY);
        launch(3);
        asked();

        launch(2);

        assertThat(asked()).containsExactlyInAnyOrder("b/small", "c/small");
    }

    @Test
    void withoutAMaxSkew_anyZoneThatHasTheSizeIsTaken() throws Exception {
        refuse("a/small", Kind.CAPACITY);

        LaunchResult result = launch(6, LAUNCH.spread(Spread.unlimited()));

        assertThat(result.missing()).isZero();
        assertThat(asked())
                .doesNotContain("a/medium")
                .filteredOn("a/small"::equals)
                .hasSize(2);
        assertThat(result.started())
                .extracting(instance -> instance.zone().orElse(""))
                .containsExactlyInAnyOrder("b", "b", "b", "c", "c", "c");
    }

    @Test
    void withoutAMaxSkew_theNextSizeIsAskedForWhenNoZoneHasTheFirst() throws Exception {
        refuse("*/small", Kind.CAPACITY);

        assertThat(launch(3, LAUNCH.spread(Spread.unlimited())).missing()).isZero();

        assertThat(asked()).hasSize(6).contains("a/medium", "b/medium", "c/medium");
    }

    @Test
    void theOtherZonesGetAheadAsFarAsTheSpreadAllows_beforeTheNextSizeIsAskedFor() throws Exception {
        refuse("a/small", Kind.CAPACITY);
        launch(1);
        assertThat(asked()).containsExactly("a/small", "b/small");

        launch(6, LAUNCH.spread(Spread.within(3)));

        assertThat(asked())
                .containsExactlyInAnyOrder("c/small", "b/small", "c/small", "b/small", "c/small", "a/medium");
    }

    @Test
    void withFewerZonesThanMinDomains_whatIsMissingIsExplained() throws Exception {
        LaunchResult result = launch(8, LAUNCH.spread(Spread.within(2).withMinDomains(4)));

        assertThat(result.started()).hasSize(6);
        assertThat(result.missing()).isEqualTo(2);
        assertThat(result.refusals()).isEmpty();
        assertThat(result.heldBack())
                .containsOnlyKeys("a", "b", "c")
                .containsEntry("a", "minDomains is 4 and there are 3 zones, so each may have 2");
    }

    @Test
    void machinesThatNoZoneHasRoomForAreMissing() throws Exception {
        for (String zone : List.of("a", "b", "c")) {
            refuse(zone + "", Kind.CAPACITY);
        }

        LaunchResult result = launch(2);

        assertThat(result.missing()).isEqualTo(2);
        assertThat(asked()).contains("a/large", "b/large", "c/large");
    }

    @Test
    void aPlanSaysWhatWouldBeAskedFor_andAsksForNothing() throws Exception {
        refuse("a/small", Kind.CAPACITY);
        bootstrap();
        asked();

        BootstrapPlan plan = new Bootstrap(
                        new MemoryStateStore(),
                        (machine, context) -> MachineAddress.of("198.51.100.1", AddressScope.PUBLIC))
                .plan(guarded, OperationContext.create("bootstrap", model, timeline, event -> {}), PARAMS);

        assertThat(plan.userDataBytes()).isBetween(500, 16 * 1024);
        assertThat(plan.describe().replaceFirst("[0-9]+ bytes", "N bytes")).isEqualTo("""
                model "prod": ubuntu@24.04
                user data: N bytes
                to be asked for, in this order:
                  zone "b", small
                  zone "c", small
                  zone "a", medium
                  zone "b", medium
                  zone "c", medium
                  zone "a", large
                  zone "b", large
                  zone "c", large
                  zone "a", small (no room a moment ago)""");
        assertThat(asked()).isEmpty();
    }

    @Test
    void aPlanThatWouldBeRefusedIs() {
        assertThatThrownBy(() -> new Bootstrap(
                                new MemoryStateStore(),
                                (machine, context) -> MachineAddress.of("198.51.100.1", AddressScope.PUBLIC))
                        .plan(
                                guarded,
                                OperationContext.create("bootstrap", model, timeline, event -> {}),
                                PARAMS.constraints("mem=1T")))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("no instance type");
    }
}
