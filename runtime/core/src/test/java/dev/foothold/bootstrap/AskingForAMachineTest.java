package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.constraints.ConstraintName;
import dev.foothold.constraints.Constraints;
import dev.foothold.constraints.ConstraintsValidator;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.Environ;
import dev.foothold.environ.RootDisk;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.Placement;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.InstanceType;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.testing.UnreliableCloud;
import dev.foothold.time.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked for decides which machine is started, reaches the environ, and is refused before anything is started. */
class AskingForAMachineTest {

    private static final BootstrapParams PARAMS = BootstrapParams.on(Base.parse("ubuntu@24.04"));
    private static final LaunchParams LAUNCH = LaunchParams.on(Base.parse("ubuntu@24.04"));
    private static final Map<String, Map<String, Object>> POOLS = Map.of(
            "spool", Map.of("type", "dummy", "foo", "bar"), "typeless", Map.of("size", "1G"), "odd", Map.of("type", 7));

    private final Timeline timeline = Timeline.virtual(1);
    private final ModelSettings model = ModelSettings.create("prod");
    private final MemoryStateStore store = new MemoryStateStore();
    private final UnreliableCloud cloud = new UnreliableCloud(timeline);
    private final List<Event> events = new ArrayList<>();

    private StartInstanceParams bootstrap(BootstrapParams params) throws InterruptedException {
        new Bootstrap(store, (machine, context) -> MachineAddress.of("198.51.100.1", AddressScope.PUBLIC))
                .bootstrap(guarded(), context("bootstrap"), params);
        return cloud.starts.get(cloud.starts.size() - 1);
    }

    private LaunchResult launch(LaunchParams params) throws InterruptedException {
        return new Launch(store).launch(guarded(), context("launch"), 2, params);
    }

    private Cloud guarded() {
        return Cloud.guard(cloud, model, List.of(), timeline, events::add);
    }

    private OperationContext context(String kind) {
        return OperationContext.create(kind, model, timeline, events::add);
    }

    @Test
    void theFirstSizeThatMeetsTheConstraints_isTaken() throws Exception {
        cloud.types.add(InstanceType.of("tiny", Arch.AMD64, 1, 512));
        cloud.types.add(InstanceType.of("arm", Arch.ARM64, 4, 8192));
        cloud.types.add(InstanceType.of("small", Arch.AMD64, 2, 2048));
        cloud.types.add(InstanceType.of("large", Arch.AMD64, 8, 16384));

        StartInstanceParams start = bootstrap(PARAMS.constraints("mem=1G cores=2"));

        assertThat(start.instanceType()).extracting(InstanceType::name).isEqualTo("small");
        assertThat(start.constraints()).hasToString("cores=2 mem=1024M");
        assertThat(launch(LAUNCH.constraints("arch=arm64")).started()).hasSize(2);
        assertThat(cloud.starts).last().satisfies(further -> {
            assertThat(further.instanceType()).extracting(InstanceType::name).isEqualTo("arm");
            assertThat(further.constraints()).hasToString("arch=arm64");
        });
    }

    @Test
    void constraintsThatNoSizeMeets_areRefusedWithTheSizesThereAre() {
        cloud.types.add(InstanceType.of("tiny", Arch.AMD64, 1, 512));

        assertThatThrownBy(() -> bootstrap(PARAMS.constraints("mem=1T")))
                .isInstanceOf(BootstrapException.class)
                .hasMessage(
                        "the cloud has no instance type for arch=amd64 mem=1048576M; it has: tiny (arch=amd64 cores=1 mem=512M)");
        assertThat(cloud.starts).isEmpty();
    }

    @Test
    void aCloudThatListsOnlyWhatFits_isAskedWhatThereIsElse() {
        cloud.types.add(InstanceType.of("tiny", Arch.AMD64, 1, 512));
        cloud.listsOnlyWhatFits = true;

        assertThatThrownBy(() -> bootstrap(PARAMS.constraints("cores=2"))).hasMessageContaining("it has: tiny");
        assertThat(cloud.starts).isEmpty();
    }

    @Test
    void aCloudOfOneSize_isLeftToSeeToTheConstraints() throws Exception {
        StartInstanceParams start = bootstrap(PARAMS.constraints("mem=1T tags=ssd"));

        assertThat(start.instanceType()).isNull();
        assertThat(start.constraints()).hasToString("mem=1048576M tags=ssd");
        assertThatThrownBy(() -> launch(LAUNCH.instanceType("big")))
                .hasMessageContaining("no instance type for arch=amd64 instance-type=big; it has: only one size");
    }

    @Test
    void anImageIsTakenByItsId() throws Exception {
        assertThat(bootstrap(PARAMS.constraints("image-id=img-7")).image())
                .satisfies(image -> assertThat(image.id()).isEqualTo("img-7"));
    }

    @Test
    void zonesInConstraints_areTheOnlyOnesTried() throws Exception {
        assertThat(bootstrap(PARAMS.constraints("zones=c,x")).zone()).contains("c");

        assertThatThrownBy(() -> launch(LAUNCH.constraints("zones=x,y")))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("\"a\", \"b\", \"c\"")
                .hasMessageContaining("\"x\", \"y\"");
    }

    @Test
    void whatThePrecheckRefuses_isNotStartedAndNotPlanned() {
        cloud.types.add(InstanceType.of("small", Arch.AMD64, 1, 1024));
        List<StartInstanceParams> shown = new ArrayList<>();
        cloud.precheck = params -> {
            shown.add(params);
            throw new CloudException(CloudException.Kind.INVALID_REQUEST, "size small has no room for this image");
        };

        assertThatThrownBy(() -> bootstrap(PARAMS))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("size small has no room for this image");
        assertThatThrownBy(() -> launch(LAUNCH)).hasMessageContaining("size small has no room for this image");
        assertThatThrownBy(() -> new Bootstrap(store, (machine, context) -> {
                            throw new AssertionError();
                        })
                        .plan(guarded(), context("bootstrap"), PARAMS))
                .hasMessageContaining("size small has no room for this image");

        assertThat(cloud.starts).isEmpty();
        assertThat(shown).hasSize(3).allSatisfy(params -> {
            assertThat(params.instanceType()).extracting(InstanceType::name).isEqualTo("small");
            assertThat(params.zone()).isEmpty();
        });
    }

    @Test
    void whatTheCloudCannotDo_isRefusedWithAllReasonsBeforeAnythingIsStarted() {
        cloud.validator = ConstraintsValidator.permissive()
                .vocabulary(ConstraintName.VIRT_TYPE, "kvm")
                .conflict(List.of(ConstraintName.MEM), List.of(ConstraintName.INSTANCE_TYPE));
        BootstrapParams params = PARAMS.constraints("mem=1G instance-type=small virt-type=lxd");

        assertThatThrownBy(() -> bootstrap(params))
                .isInstanceOf(BootstrapException.class)
                .hasMessageStartingWith(
                        "the constraints \"instance-type=small mem=1024M virt-type=lxd\" cannot be met:")
                .hasMessageContaining("there is no \"virt-type=lxd\" here; valid are kvm")
                .hasMessageContaining("\"instance-type\" and \"mem\" exclude each other");
        assertThatThrownBy(() -> launch(LAUNCH.constraints(params.constraints())))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("cannot be met");
        assertThat(cloud.starts).isEmpty();
        assertThat(store.scan("prod/operation")).isEmpty();
    }

    @Test
    void whatHasNoEffect_isToldOfAndStartedAllTheSame() throws Exception {
        cloud.validator = ConstraintsValidator.permissive()
                .unsupported(ConstraintName.TAGS, ConstraintName.CPU_POWER, ConstraintName.VIRT_TYPE);

        bootstrap(PARAMS.constraints("tags=ssd mem=1G cpu-power=7"));

        assertThat(events)
                .filteredOn(Event.ConstraintsUnsupported.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((Event.ConstraintsUnsupported) event).names())
                        .containsExactly("cpu-power", "tags"));
    }

    @Test
    void zonesHaveNoEffectInACloudWithout() throws Exception {
        Environ zoneless = new Environ() {
            @Override
            public Instance startInstance(StartInstanceParams params) throws Exception {
                return cloud.startInstance(params.in("a", params.token()));
            }

            @Override
            public void stopInstance(InstanceId id) throws Exception {
                cloud.stopInstance(id);
            }

            @Override
            public List<Instance> allInstances(Tags owner) throws Exception {
                return cloud.allInstances(owner);
            }
        };

        new Launch(store)
                .launch(
                        Cloud.guard(zoneless, model, List.of(), timeline, events::add),
                        context("launch"),
                        1,
                        LAUNCH.constraints("zones=a,b mem=1G"));

        assertThat(events)
                .filteredOn(Event.ConstraintsUnsupported.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((Event.ConstraintsUnsupported) event).names())
                        .containsExactly("zones"));
    }

    @Test
    void aResolverThatFails_isAFailureOfTheEnviron() {
        cloud.validator = ConstraintsValidator.permissive()
                .conflict(List.of(ConstraintName.MEM), List.of(ConstraintName.CORES))
                .resolver(ConstraintName.MEM, ConstraintName.CORES, constraints -> {
                    throw new IllegalStateException("no idea");
                });

        assertThatThrownBy(() -> bootstrap(PARAMS.constraints("mem=1G cores=2")))
                .hasMessageContaining("constraintsValidator")
                .hasMessageContaining("no idea");
    }

    @Test
    void whatIsSaidLater_wins() {
        BootstrapParams params = PARAMS.arch(Arch.ARM64)
                .zones("a")
                .instanceType("small")
                .constraints("zones=b,c mem=1G")
                .constraints(Constraints.none().withCores(2).withInstanceType(""));

        assertThat(params.constraints()).hasToString("arch=arm64 cores=2 instance-type= mem=1024M zones=b,c");
        assertThat(params.arch()).isEqualTo(Arch.ARM64);
        assertThat(params.zones()).containsExactlyInAnyOrder("b", "c");
        assertThat(params.instanceType()).isNull();
        assertThat(params.constraints("arch=").arch()).isEqualTo(Arch.AMD64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PARAMS.constraints("mem=much"))
                .withMessageContaining("\"mem\"");
    }

    @Test
    void aRootDiskInAPool_isDescribedByThePool() throws Exception {
        assertThat(rootDisk("spool")).isEqualTo(new RootDisk("dummy", Map.of("type", "dummy", "foo", "bar")));
        assertThat(rootDisk("typeless")).isEqualTo(new RootDisk("", Map.of("size", "1G")));
        assertThat(rootDisk("odd")).isEqualTo(new RootDisk("", Map.of("type", 7)));
        assertThat(rootDisk("nosuch")).isNull();
        assertThat(rootDisk(null)).isNull();

        StartInstanceParams start = bootstrap(
                PARAMS.storagePool("spool", POOLS.get("spool")).constraints("root-disk=8G root-disk-source=spool"));
        assertThat(start.rootDisk()).isEqualTo(RootDisk.in(POOLS.get("spool")));
        assertThat(start.constraints().rootDiskMib()).hasValue(8192);
    }

    private static @Nullable RootDisk rootDisk(@Nullable String source) {
        BootstrapParams params = PARAMS;
        for (Map.Entry<String, Map<String, Object>> pool : POOLS.entrySet()) {
            params = params.storagePool(pool.getKey(), pool.getValue());
        }
        return (source == null ? params : params.constraints(Constraints.none().withRootDiskSource(source))).rootDisk();
    }

    @Test
    void aPoolThatChangesLater_changesNothing() {
        Map<String, Object> pool = new HashMap<>(POOLS.get("spool"));
        BootstrapParams params = PARAMS.storagePool("p", pool);
        pool.clear();

        assertThat(params.storagePools().get("p")).isEqualTo(POOLS.get("spool"));
    }

    @Test
    void aPlacement_reachesTheEnviron() throws Exception {
        Optional<Placement> placement = Placement.parse("rack:r7");

        assertThat(bootstrap(PARAMS.placement(placement.orElseThrow())).placement())
                .isEqualTo(new Placement("rack", "r7"));
    }
}
