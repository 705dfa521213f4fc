package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.AddressVerdict;
import dev.foothold.bootstrap.AlreadyBootstrappedException;
import dev.foothold.bootstrap.BootstrapException;
import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.bootstrap.LaunchResult;
import dev.foothold.bootstrap.ScriptFailedException;
import dev.foothold.bootstrap.Verdict;
import dev.foothold.bootstrap.WaitTimeoutException;
import dev.foothold.cloud.Call;
import dev.foothold.cloud.Interceptor;
import dev.foothold.destroy.DestroyReceipt;
import dev.foothold.distribution.AvailabilityZoneInstances;
import dev.foothold.distribution.Placement;
import dev.foothold.distribution.ZoneLoad;
import dev.foothold.distribution.ZoneShare;
import dev.foothold.environ.CloudException;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.model.Owner;
import dev.foothold.simulator.CloudMachine;
import dev.foothold.simulator.Fault;
import dev.foothold.simulator.RunRequest;
import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.simulator.machine.Isolation;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.ssh.SshSession;
import dev.foothold.state.StateException;
import dev.foothold.testing.SimulatedEnviron;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way, with real machines: SSH is real, scripts run in a real shell. */
@Timeout(120)
class DefaultProviderTest {

    private static final Arch ARCH = System.getProperty("os.arch").equals("aarch64") ? Arch.ARM64 : Arch.AMD64;
    private static final BootstrapParams PARAMS =
            BootstrapParams.on(Base.parse("ubuntu@24.04")).arch(ARCH).within(Duration.ofSeconds(60));
    private static final LaunchParams LAUNCH =
            LaunchParams.on(Base.parse("ubuntu@24.04")).arch(ARCH);

    @TempDir
    Path directory;

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private SimulatedCloud cloud;
    private DefaultZonedProvider provider;

    @BeforeEach
    void open() {
        cloud = SimulatedCloud.builder()
                .zones("a", "b", "c")
                .bootDelay(Duration.ofMillis(200))
                .open();
        provider = provider("prod");
    }

    @AfterEach
    void close() {
        provider.close();
        cloud.close();
    }

    private DefaultZonedProvider provider(String model) {
        Foothold foothold = Foothold.at(directory).withEvents(events::add);
        return new DefaultZonedProvider(new SimulatedEnviron(cloud), foothold.model(model), foothold);
    }

    @Test
    @EnabledIfSystemProperty(
            named = "user.name",
            matches = "root",
            disabledReason = "needs machines with a root file system of their own, which takes root on Linux")
    void theFirstMachineIsConfiguredByAScriptThatRunsInIt() throws Exception {
        BootstrapResult result = provider.bootstrapEnv(
                PARAMS.cloudConfig(config -> config.file("/etc/acme.conf", "it's \"quoted\" $here\n", "0640")
                        .run("cat", "/etc/acme.conf")
                        .shell("stat -c 'mode %a' /etc/acme.conf")
                        .shell("hostname > /etc/acme.host; echo to-stderr >&2")));

        assertThat(output()).contains("it's \"quoted\" $here", "mode 640", "to-stderr");
        assertThat(Path.of("/etc/acme.conf")).doesNotExist();
        assertThat(result.instance().zone()).contains("a");
        assertThat(result.arch()).isEqualTo(ARCH);
        assertThat(provider.controllerInstances())
                .extracting(Instance::id)
                .containsExactly(result.instance().id());
    }

    @Test
    void aMachineThatIsADirectoryIsConfiguredInIt() throws Exception {
        cloud.close();
        cloud = SimulatedCloud.builder()
                .zones("a")
                .isolation(Isolation.DIRECTORY)
                .open();
        provider = provider("prod");

        provider.bootstrapEnv(PARAMS.cloudConfig(config -> config.shell("echo hello > mine; cat \"$MACHINE_ROOT/mine\"")
                .shell("cat var/lib/foothold/nonce.txt | wc -l")));

        assertThat(output()).containsExactly("hello", "1");
    }

    @Test
    void settingsThatWereRemovedByHandAreNotMadeUpAgain() throws Exception {
        BootstrapResult result = provider.bootstrapEnv(PARAMS);
        Path settings = directory.resolve("prod/settings");
        String kept = Files.readString(settings);
        Files.delete(settings);

        try (DefaultZonedProvider stranger = provider("prod")) {
            assertThatThrownBy(stranger::destroyEnv)
                    .isInstanceOf(StateException.class)
                    .hasMessageContainingAll("missing", result.instance().id().value());
            assertThatThrownBy(() -> stranger.launch(1, LAUNCH)).isInstanceOf(AlreadyBootstrappedException.class);
        }
        Files.writeString(settings, kept);
        try (DefaultZonedProvider owner = provider("prod")) {
            assertThat(owner.destroyEnv().deletedInstances())
                    .containsExactly(result.instance().id());
        }
    }

    @Test
    void theMachineCarriesItsOwnersTagsFromTheCallThatCreatesIt() throws Exception {
        provider.bootstrapEnv(PARAMS);

        CloudMachine machine = cloud.list(Map.of()).get(0);
        assertThat(machine.tags())
                .containsEntry(
                        Owner.MODEL_UUID, provider.model().owner().modelUuid().toString())
                .containsEntry(
                        Owner.CONTROLLER_UUID,
                        provider.model().owner().controllerUuid().toString())
                .containsEntry(Owner.IS_CONTROLLER, "true")
                .containsKey(Owner.OPERATION);
        assertThat(machine.token()).isNotEmpty();
    }

    @Test
    void aFullZoneIsLeftForTheNext() throws Exception {
        cloud.faults().noCapacity("a");

        BootstrapResult result = provider.bootstrapEnv(PARAMS);

        assertThat(result.instance().zone()).contains("b");
        assertThat(events).filteredOn(Event.InstanceRefused.class::isInstance).hasSize(1);
    }

    @Test
    void whenNoZoneHasRoomOneErrorNamesEachZoneWithItsReasonAndNothingIsLeft() throws Exception {
        List.of("a", "b", "c").forEach(cloud.faults()::noCapacity);

        assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContainingAll(
                        "zone \"a\", small: ", "zone \"b\", small: ", "zone \"c\", small: ", "zone \"a\", large: ")
                .satisfies(e -> assertThat(CloudException.find(e))
                        .map(CloudException::kind)
                        .contains(CloudException.Kind.CAPACITY))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(8));
        assertNothingIsLeft();
    }

    @Test
    void onlyTheZonesAskedForAreTried() throws Exception {
        BootstrapResult result = provider.bootstrapEnv(PARAMS.zones("c", "nowhere"));

        assertThat(result.instance().zone()).contains("c");
    }

    @Test
    void zonesThatDoNotExistAreNamedWithThoseThatDo() {
        assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS.zones("x")))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContainingAll("\"a\", \"b\", \"c\"", "\"x\"");
    }

    @Test
    void aSecondBootstrapIsRefusedAndNamesTheInstance() throws Exception {
        BootstrapResult first = provider.bootstrapEnv(PARAMS);

        try (DefaultZonedProvider second = provider("prod")) {
            assertThatThrownBy(() -> second.bootstrapEnv(PARAMS))
                    .isInstanceOf(AlreadyBootstrappedException.class)
                    .hasMessageContainingAll(
                            "prod",
                            "already bootstrapped",
                            first.instance().id().value());
        }
        assertThat(cloud.list(Map.of())).hasSize(1);
    }

    @Test
    void aBootstrapThatWasOpenedBeforeTheFirstOneIsRefusedLikeAnyOther() throws Exception {
        try (DefaultZonedProvider early = provider("prod")) {
            BootstrapResult first = provider.bootstrapEnv(PARAMS);

            assertThatThrownBy(() -> early.bootstrapEnv(PARAMS))
                    .isInstanceOf(AlreadyBootstrappedException.class)
                    .hasMessageContaining(first.instance().id().value());
        }
    }

    @Test
    void anInstanceThatAppearsOnlyAfterTheStartWasInterruptedIsStoppedToo() throws Exception {
        Thread caller = Thread.currentThread();
        CountDownLatch asked = new CountDownLatch(1);
        SimulatedEnviron environ = new SimulatedEnviron(cloud);
        // The reply is lost, and the cloud goes on with what it was asked for.
        Interceptor lost = new Interceptor() {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                if (!call.operation().equals("startInstance")) {
                    return next.call();
                }
                new Thread(() -> {
                            asked.countDown();
                            try {
                                TimeUnit.MILLISECONDS.sleep(300);
                                next.call();
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        })
                        .start();
                asked.await();
                caller.interrupt();
                throw new InterruptedException("the user has had enough");
            }
        };
        Foothold foothold = Foothold.at(directory).withInterceptor(lost);
        try (DefaultZonedProvider interrupted = new DefaultZonedProvider(environ, foothold.model("prod"), foothold)) {
            assertThatThrownBy(() -> interrupted.bootstrapEnv(PARAMS)).isInstanceOf(InterruptedException.class);
        }
        assertNothingIsLeft();
    }

    @Test
    void ofTwoBootstrapsAtTheSameTimeOneWins() throws Exception {
        FutureTask<BootstrapResult> other =
                new FutureTask<>(() -> provider("prod").bootstrapEnv(PARAMS));
        // The first to claim the model decides its identity; both start from the same.
        provider.launch(1, LAUNCH);
        new Thread(other).start();
        List<Throwable> failures = new ArrayList<>();
        try {
            provider.bootstrapEnv(PARAMS);
        } catch (FootholdException e) {
            failures.add(e);
        }
        try {
            other.get();
        } catch (ExecutionException e) {
            failures.add(e.getCause());
        }

        assertThat(failures).hasSize(1);
        assertThat(provider.controllerInstances()).hasSize(1);
    }

    @Test
    void aScriptThatFailsIsReportedWithItsLastLinesAndTheMachineIsStopped() throws Exception {
        assertThatThrownBy(() -> provider.bootstrapEnv(
                        PARAMS.cloudConfig(config -> config.shell("echo before; (exit 7); echo never"))))
                .isInstanceOfSatisfying(ScriptFailedException.class, e -> {
                    assertThat(e.exitStatus()).isEqualTo(7);
                    assertThat(e.tail()).containsExactly("before");
                })
                .hasMessageContaining("before");
        assertNothingIsLeft();
    }

    @Test
    void aMachineThatNeverAnswersIsGivenUpWithAVerdictPerAddress() throws Exception {
        cloud.faults().inject(new Fault.Refuses());

        assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS.within(Duration.ofSeconds(2))))
                .isInstanceOfSatisfying(
                        WaitTimeoutException.class,
                        e -> assertThat(e.verdicts().values())
                                .hasSize(2)
                                .extracting(AddressVerdict::verdict)
                                .containsOnly(Verdict.REFUSED))
                .hasMessageContaining("waited for 2s");
        assertNothingIsLeft();
    }

    @Test
    void aMachineThatGetsNoAddressIsGivenUp() throws Exception {
        cloud.faults().inject(new Fault.NeverBoots());

        assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS.within(Duration.ofSeconds(1))))
                .isInstanceOf(WaitTimeoutException.class)
                .hasMessageContaining("without getting any addresses");
        assertNothingIsLeft();
    }

    @Test
    void anInterruptedBootstrapTakesEverythingBack() throws Exception {
        cloud.faults().inject(new Fault.Refuses());
        Thread caller = Thread.currentThread();
        Thread impatient = new Thread(() -> {
            while (events.stream().noneMatch(Event.Connecting.class::isInstance)) {
                Thread.onSpinWait();
            }
            caller.interrupt();
        });
        impatient.start();

        assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS)).isInstanceOf(InterruptedException.class);
        impatient.join();
        assertNothingIsLeft();
    }

    @Test
    void launchFillsTheEmptiestZonesFirst() throws Exception {
        provider.bootstrapEnv(PARAMS);

        LaunchResult result = provider.launch(5, LAUNCH);

        assertThat(result.started()).hasSize(5);
        assertThat(result.missing()).isZero();
        List<AvailabilityZoneInstances> allocations = provider.availabilityZoneAllocations(
                provider.instances().stream().map(Instance::id).toList());
        assertThat(allocations)
                .extracting(AvailabilityZoneInstances::zoneName, AvailabilityZoneInstances::count)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", 2),
                        org.assertj.core.groups.Tuple.tuple("b", 2),
                        org.assertj.core.groups.Tuple.tuple("c", 2));
    }

    @Test
    void aPlanSaysWhereALaunchWillGo() throws Exception {
        provider.bootstrapEnv(PARAMS);
        Placement placement = provider.zonePlan().place(4);

        LaunchResult result = provider.launch(4, LAUNCH);

        assertThat(result.started())
                .extracting(Instance::zoneName)
                .containsExactlyElementsOf(placement.assignments().toList());
        assertThat(provider.zonePlan().zones())
                .extracting(ZoneLoad::population)
                .containsExactlyElementsOf(
                        placement.zones().stream().map(ZoneShare::after).toList());
    }

    @Test
    void launchLeavesOutZonesThatRefuse() throws Exception {
        cloud.faults().noCapacity("a");

        LaunchResult result = provider.launch(4, LAUNCH);

        assertThat(result.started())
                .extracting(Instance::zoneName)
                .containsOnly("b", "c")
                .hasSize(4);
        assertThat(result.refusals()).containsOnlyKeys("a");
    }

    @Test
    void launchSaysWhatIsMissingWhenNoZoneHasRoom() throws Exception {
        List.of("a", "b", "c").forEach(cloud.faults()::noCapacity);

        LaunchResult result = provider.launch(2, LAUNCH);

        assertThat(result.started()).isEmpty();
        assertThat(result.missing()).isEqualTo(2);
        assertThat(result.refusals()).containsOnlyKeys("a", "b", "c");
    }

    @Test
    void foreignInstancesAreNeverSeenAsOursAndSurviveTheDestroy() throws Exception {
        Owner us = provider.model().owner();
        List<String> foreign = List.of(
                start(new Owner(UUID.randomUUID(), UUID.randomUUID()).tags().asMap()),
                start(new Owner(UUID.randomUUID(), us.controllerUuid()).tags().asMap()),
                start(Map.of(Owner.MODEL_UUID, us.modelUuid().toString())));
        provider.bootstrapEnv(PARAMS);
        provider.launch(2, LAUNCH);

        assertThat(provider.instances())
                .hasSize(3)
                .extracting(instance -> instance.id().value())
                .doesNotContainAnyElementsOf(foreign);
        DestroyReceipt receipt = provider.destroyEnv();

        assertThat(receipt.deleted()).hasSize(3);
        assertThat(receipt.isEmpty()).isTrue();
        assertThat(cloud.list(Map.of())).extracting(CloudMachine::id).containsExactlyInAnyOrderElementsOf(foreign);
    }

    @Test
    void destroyForgetsTheModelAndCanBeRepeated() throws Exception {
        provider.bootstrapEnv(PARAMS);

        provider.destroyEnv();

        assertNothingIsLeft();
        assertThat(provider.destroyEnv().deleted()).isEmpty();
        provider.bootstrapEnv(PARAMS);
    }

    @Test
    void aProviderOfAnotherModelOfTheSameNameDestroysNothing() throws Exception {
        try (DefaultZonedProvider stranger = provider("prod")) {
            BootstrapResult result = provider.bootstrapEnv(PARAMS);

            assertThatThrownBy(stranger::destroyEnv)
                    .isInstanceOf(StateException.class)
                    .hasMessageContainingAll("prod", "another model of the same name");
            assertThat(provider.instances())
                    .extracting(Instance::id)
                    .containsExactly(result.instance().id());
            assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS)).isInstanceOf(AlreadyBootstrappedException.class);
        }
    }

    @Test
    void theHostKeysThatMachinesWereGivenAreKept() throws Exception {
        BootstrapResult first = provider.bootstrapEnv(PARAMS);
        LaunchResult more = provider.launch(1, LAUNCH);

        for (Instance instance : List.of(first.instance(), more.started().get(0))) {
            assertThat(directory.resolve("prod/pins/" + instance.id()))
                    .content()
                    .startsWith(instance.id() + " ssh-ed25519 ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void machinesMakeThemselvesNewHostKeysAndAreLoggedInToLater(Isolation isolation) throws Exception {
        assumeTrue(isolation == Isolation.DIRECTORY || cloud.isolation().equals(Optional.of(isolation)));
        cloud.close();
        cloud = SimulatedCloud.builder().zones("a").isolation(isolation).open();
        provider = provider("prod");

        Instance first = provider.bootstrapEnv(PARAMS).instance();
        assertThat(newHostKeys()).containsExactly(pin(first).fingerprint());
        assertThat(whoIsThere(first)).isEqualTo("hello");

        Instance launched = provider.launch(1, LAUNCH).started().get(0);
        SshPublicKey told = pin(launched);
        assertThat(whoIsThere(launched)).isEqualTo("hello");
        provider.rotateHostKey(launched.id());
        assertThat(pin(launched)).isNotEqualTo(told);
        assertThat(newHostKeys()).hasSize(2).endsWith(pin(launched).fingerprint());
        assertThat(events)
                .filteredOn(event -> event.origin().operation().equals("rotate-host-key"))
                .extracting(event -> event.getClass().getSimpleName())
                .startsWith("OperationStarted")
                .endsWith("HostKeyReplaced", "OperationSucceeded");
        assertThat(whoIsThere(launched)).isEqualTo("hello");
        assertThat(directory.resolve("prod/operation")).doesNotExist();

        Process shell = new ProcessBuilder("/bin/sh", "-c", provider.sshCommand(launched.id()) + " echo pasted")
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("pasted\n");
    }

    private List<String> newHostKeys() {
        return events.stream()
                .filter(Event.HostKeyReplaced.class::isInstance)
                .map(event -> ((Event.HostKeyReplaced) event).fingerprint())
                .toList();
    }

    private SshPublicKey pin(Instance instance) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("prod/pins/" + instance.id()));
        assertThat(lines).hasSize(1);
        return SshPublicKey.parse(lines.get(0).split(" ", 2)[1]);
    }

    private String whoIsThere(Instance instance) throws InterruptedException {
        StringBuilder said = new StringBuilder();
        try (SshSession session = provider.connect(instance.id())) {
            session.run(
                    SshCommand.of("echo hello"),
                    (stream, bytes, length) -> said.append(new String(bytes, 0, length, StandardCharsets.UTF_8)),
                    Duration.ofSeconds(30));
        }
        return said.toString().strip();
    }

    @Test
    void aSecondProcessWithTheSameStateSeesTheSameModel() throws Exception {
        BootstrapResult result = provider.bootstrapEnv(PARAMS);

        try (DefaultZonedProvider second = provider("prod")) {
            assertThat(second.model()).isEqualTo(provider.model());
            assertThat(second.instances())
                    .extracting(Instance::id)
                    .containsExactly(result.instance().id());
        }
    }

    @Test
    void aMalformedStateFileIsNamedWithItsLineAndLeftAsItIs() throws Exception {
        Path file = directory.resolve("prod/provider-state");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "state-instances:\n  - ok\n - {");

        assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS))
                .isInstanceOfSatisfying(
                        StateException.class, e -> assertThat(e.line()).isEqualTo(3))
                .hasMessageContainingAll("provider-state", "line 3");
        assertThat(file).hasContent("state-instances:\n  - ok\n - {");
        assertThat(cloud.list(Map.of())).isEmpty();
    }

    @Test
    void noSecretIsTold() throws Exception {
        provider.bootstrapEnv(PARAMS);

        assertThat(events.toString()).doesNotContain("PRIVATE KEY").doesNotContain("nonce");
        try (Stream<Path> identities = Files.list(directory.resolve("prod/identities"))) {
            assertThat(identities)
                    .singleElement()
                    .satisfies(file -> assertThat(Files.getPosixFilePermissions(file))
                            .containsExactlyInAnyOrderElementsOf(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private String start(Map<String, String> tags) throws InterruptedException {
        return cloud.runInstance(RunRequest.of("small", "ubuntu-24.04").in("a").tagged(tags))
                .id();
    }

    private List<String> output() {
        return events.stream()
                .filter(Event.MachineOutput.class::isInstance)
                .map(event -> ((Event.MachineOutput) event).line())
                .toList();
    }

    private void assertNothingIsLeft() throws Exception {
        assertThat(cloud.list(Map.of())).isEmpty();
        assertThat(directory.resolve("prod/operation")).doesNotExist();
        Path state = directory.resolve("prod/provider-state");
        if (Files.exists(state)) {
            assertThat(state).hasContent("state-instances: []");
        }
    }
}
