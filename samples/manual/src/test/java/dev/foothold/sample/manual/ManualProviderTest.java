package dev.foothold.sample.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.bootstrap.Agent;
import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.bootstrap.LaunchResult;
import dev.foothold.bootstrap.Readiness;
import dev.foothold.destroy.DestroyException;
import dev.foothold.destroy.DestroyParams;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.CredentialNotValidException;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.instance.Placement;
import dev.foothold.machine.AgentBinaries;
import dev.foothold.machine.Base;
import dev.foothold.machine.UserData;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.sample.manual.NamespaceMachines.NamespaceMachine;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshSession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What users do with machines that exist already, from the first claim to the last clean-up. */
@Tag("namespaces")
class ManualProviderTest {

    @RegisterExtension
    static final NamespaceMachines MACHINES = NamespaceMachines.of(3);

    private static final Base DEBIAN = Base.parse("debian@12");
    private static final BootstrapParams PARAMS = BootstrapParams.on(DEBIAN).within(Duration.ofSeconds(60));

    private static final DestroyParams QUICKLY = DestroyParams.defaults().settlingFor(Duration.ofMillis(100));

    @TempDir
    Path directory;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path list = Path.of("");
    private Path identity = Path.of("");

    @BeforeEach
    void writeDown() throws Exception {
        list = MACHINES.list(directory.resolve("machines.yaml"), 3);
        identity = directory.resolve("id_ed25519");
        NamespaceMachines.USER.writeTo(identity);
    }

    @AfterEach
    void everyMachineIsCleanAgain() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        List<String> left = new ArrayList<>();
        for (NamespaceMachine machine : MACHINES.all()) {
            machine.plug();
            if (!machine.isClean()) {
                left.add(machine.name() + ": " + machine.run("find /var/lib/foothold* /home/deploy"));
            }
        }
        if (!left.isEmpty()) {
            // For the next test.
            list = MACHINES.list(directory.resolve("every.yaml"), 3);
            try (ManualEnviron environ = environ()) {
                for (Instance one : environ.allInstances(Tags.none())) {
                    environ.stopInstance(one.id());
                }
            }
        }
        assertThat(left).as("what is left on machines").isEmpty();
    }

    private DefaultProvider open(String state, String... more) {
        Map<String, Object> settings =
                new HashMap<>(Map.of("machines", list, "user", "deploy", "identity-file", identity, "timeout", "5s"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        DefaultProvider provider = Foothold.at(directory.resolve(state))
                .withPulse(KilledClient.PULSE)
                .open("manual", "prod", settings);
        opened.add(provider);
        return provider;
    }

    private ManualEnviron environ() throws Exception {
        return new ManualEnviron(NamespaceMachines.config(list), NamespaceMachines.credential());
    }

    private static StartInstanceParams start(String token) {
        Owner owner = new Owner(UUID.randomUUID(), UUID.randomUUID());
        return new StartInstanceParams(
                owner, "test", IdempotencyToken.derive("test", token), UserData.none(), owner.tags(), null, null, null);
    }

    private static String run(DefaultProvider provider, InstanceId id, String command) throws Exception {
        try (SshSession session = provider.connect(id)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            session.run(
                    SshCommand.of(command),
                    (stream, bytes, length) -> out.write(bytes, 0, length),
                    Duration.ofSeconds(30));
            return out.toString(StandardCharsets.UTF_8).strip();
        }
    }

    // ---- The whole life

    @Test
    void aModelIsBootstrappedGrowsUntilNoMachineIsFreeAndLeavesThemAllClean() throws Exception {
        Path agents = Files.createDirectory(directory.resolve("agents"));
        Files.writeString(agents.resolve("acmed-1.0-any-any"), "#!/bin/sh\nexec sleep 1000\n");
        DefaultProvider provider = open("state");

        BootstrapResult first = provider.bootstrapEnv(
                PARAMS.agent(Agent.from(AgentBinaries.directory(agents)).ready(Readiness.command("true")))
                        .cloudConfig(config -> config.file("/etc/acme", "hello\n")));

        InstanceId id = first.instance().id();
        NamespaceMachine m1 = MACHINES.get(1);
        assertThat(id.value()).matches("m1-[0-9a-f]{12}");
        assertThat(run(provider, id, "cat /etc/acme; id -un")).isEqualTo("hello\ndeploy");
        assertThat(m1.run("cat /etc/ssh/ssh_host_ed25519_key.pub").strip())
                .as("the host key, which others know")
                .isEqualTo(m1.hostKey());
        assertThat(m1.run("cat /home/deploy/.ssh/authorized_keys").lines()).hasSize(2);
        String supervisor =
                m1.run("cat /var/lib/foothold/agents/acmed/supervisor").split(" ")[0];
        assertThat(NamespaceMachines.isAlive(supervisor)).isTrue();

        LaunchResult more = provider.launch(5, LaunchParams.on(DEBIAN));

        assertThat(more.started()).hasSize(2);
        assertThat(more.missing()).isEqualTo(3);
        assertThat(more.refusals().values()).singleElement().satisfies(refusal -> {
            assertThat(refusal.kind()).isEqualTo(Kind.CAPACITY);
            assertThat(refusal.reason()).startsWith("none of the 3 machines is free: m1 is claimed since 20");
        });
        assertThat(run(provider, more.started().get(0).id(), "id -un")).isEqualTo("deploy");
        assertThat(provider.instances())
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.status()).isEqualTo(InstanceStatus.RUNNING));

        assertThat(provider.destroyEnv(QUICKLY).isEmpty()).isTrue();

        assertThat(NamespaceMachines.isAlive(supervisor)).as("the agent").isFalse();
        for (NamespaceMachine machine : MACHINES.all()) {
            assertThat(machine.isClean()).as(machine.name()).isTrue();
        }
        assertThat(provider.bootstrapEnv(PARAMS).instance().id().value())
                .as("a machine that is claimed once more")
                .startsWith("m1-");
        provider.destroyEnv(QUICKLY);
    }

    @Test
    void ofTwoClientsThatReachForTheLastMachineOneGetsIt() throws Exception {
        list = MACHINES.list(directory.resolve("one.yaml"), 1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 5; round++) {
                List<ManualEnviron> clients = List.of(environ(), environ());
                opened.addAll(clients);
                List<Future<Instance>> starts = new ArrayList<>();
                for (ManualEnviron client : clients) {
                    client.allInstances(Tags.none());
                }
                for (int i = 0; i < 2; i++) {
                    ManualEnviron client = clients.get(i);
                    StartInstanceParams params = start("round" + round + "-" + i);
                    starts.add(threads.submit(() -> client.startInstance(params)));
                }
                List<Instance> got = new ArrayList<>();
                for (Future<Instance> start : starts) {
                    try {
                        got.add(start.get());
                    } catch (ExecutionException e) {
                        assertThat(((CloudException) e.getCause()).kind()).isEqualTo(Kind.CAPACITY);
                    }
                }
                assertThat(got).as("round %s", round).hasSize(1);
                clients.get(0).stopInstance(got.get(0).id());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatAKilledClientHasClaimedIsFoundAndSetFreeByTheNextOne() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledClient.class.getName(),
                        directory.resolve("state").toString(),
                        list.toString(),
                        identity.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("killed.log").toFile())
                .start();
        assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue())
                .as(Files.readString(directory.resolve("killed.log")))
                .isEqualTo(137);
        DefaultProvider next = open("state");
        assertThat(next.instances()).as("a claim that nobody has written down").hasSize(1);
        InstanceId forgotten = next.instances().get(0).id();

        List<Instance> started = next.launch(1, LaunchParams.on(DEBIAN)).started();

        assertThat(next.instances())
                .extracting(Instance::id)
                .containsExactly(started.get(0).id());
        assertThat(started.get(0).id()).isNotEqualTo(forgotten);
        next.destroyEnv(QUICKLY);
    }

    // ---- Claims

    @Thorough
    @Test
    void theSameTokenGetsTheSameMachineAlsoFromElsewhere() throws Exception {
        try (ManualEnviron one = environ();
                ManualEnviron other = environ()) {
            StartInstanceParams params = start("same");

            Instance first = one.startInstance(params);

            assertThat(other.startInstance(params)).isEqualTo(first);
            assertThat(other.allInstances(params.tags())).containsExactly(first);
            other.stopInstance(first.id());
        }
    }

    @Thorough
    @Test
    void anIdFromYesterdayDoesNotStopWhomTheMachineBelongsToToday() throws Exception {
        try (ManualEnviron environ = environ()) {
            Instance yesterday = environ.startInstance(start("yesterday"));
            environ.stopInstance(yesterday.id());
            Instance today = environ.startInstance(start("today"));
            assertThat(today.addresses()).isEqualTo(yesterday.addresses());

            environ.stopInstance(yesterday.id());

            assertThat(environ.allInstances(Tags.none())).containsExactly(today);
            environ.stopInstance(today.id());
        }
    }

    @Thorough
    @Test
    void constraintsAndPlacementChooseTheMachine() throws Exception {
        Files.writeString(
                list,
                "machines:\n" + MACHINES.get(1).entry() + "    hardware: cores=2 mem=4G\n"
                        + MACHINES.get(2).entry() + "    hardware: cores=8 mem=16G\n"
                        + MACHINES.get(3).entry());
        DefaultProvider provider = open("state");

        assertThat(provider.launch(1, LaunchParams.on(DEBIAN).constraints("cores=4"))
                        .started())
                .singleElement()
                .satisfies(one -> assertThat(one.id().value()).startsWith("m2-"));
        assertThatThrownBy(() -> provider.launch(1, LaunchParams.on(DEBIAN).constraints("cores=16")))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("is known to meet the constraints \"")
                .hasMessageContaining("cores=16");
        assertThat(provider.bootstrapEnv(PARAMS.placement(new Placement("host", "m3")))
                        .instance()
                        .id()
                        .value())
                .startsWith("m3-");
        provider.destroyEnv(QUICKLY);
        assertThatThrownBy(() -> open("state").bootstrapEnv(PARAMS.placement(new Placement("host", "m9"))))
                .hasMessageContaining("the placement \"host:m9\" names no machine; write it as host:NAME, with one of"
                        + " m1, m2, m3");
    }

    @Thorough
    @Test
    void aClaimThatCannotBeReadIsNotTakenForNone() throws Exception {
        MACHINES.get(2).run("mkdir -p /var/lib/foothold-manual; echo nonsense > /var/lib/foothold-manual/claim");
        try (ManualEnviron environ = environ()) {
            assertThatThrownBy(() -> environ.allInstances(Tags.none()))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("the claim in /var/lib/foothold-manual on machine m2 cannot be read");
        } finally {
            MACHINES.get(2).run("rm /var/lib/foothold-manual/claim");
        }
    }

    // ---- Machines that do not answer

    @Test
    void aMachineThatIsDeadIsUnknownAndKeepsNobodyFromTheOthers() throws Exception {
        DefaultProvider before = open("state");
        List<InstanceId> two = before.launch(2, LaunchParams.on(DEBIAN)).started().stream()
                .map(Instance::id)
                .sorted()
                .toList();
        before.close();
        MACHINES.get(1).refuse();

        DefaultProvider provider = open("state");
        assertThat(provider.instances())
                .extracting(Instance::id, Instance::status)
                .containsExactlyInAnyOrder(
                        Tuple.tuple(two.get(0), InstanceStatus.UNKNOWN),
                        Tuple.tuple(two.get(1), InstanceStatus.RUNNING));
        assertThat(provider.launch(1, LaunchParams.on(DEBIAN)).started())
                .as("goes to a machine that answers")
                .singleElement()
                .satisfies(one -> assertThat(one.id().value()).startsWith("m3-"));

        assertThatThrownBy(() -> provider.destroyEnv(QUICKLY.within(Duration.ofSeconds(4))))
                .isInstanceOf(DestroyException.class)
                .hasMessageContaining(two.get(0).value())
                .hasMessageContaining("machine m1 does not answer");
        assertThat(MACHINES.get(2).isClean()).isTrue();
        assertThat(MACHINES.get(3).isClean()).isTrue();

        MACHINES.get(1).plug();
        assertThat(provider.destroyEnv(QUICKLY).isEmpty()).isTrue();
    }

    @Thorough
    @Test
    void aStartThatIsRepeatedDoesNotClaimASecondMachineWhileTheFirstIsDead() throws Exception {
        StartInstanceParams params = start("repeated");
        InstanceId first;
        try (ManualEnviron environ = environ()) {
            first = environ.startInstance(params).id();
        }
        MACHINES.get(1).refuse();

        try (ManualEnviron environ = environ()) {
            assertThatThrownBy(() -> environ.startInstance(params)).hasMessageContaining("machine m1 does not answer");
            assertThat(environ.allInstances(Tags.none()))
                    .extracting(Instance::id)
                    .containsExactly(first);
            assertThat(environ.startInstance(start("another")).id().value()).startsWith("m2-");
            MACHINES.get(1).plug();
            for (Instance one : environ.allInstances(Tags.none())) {
                environ.stopInstance(one.id());
            }
        }
    }

    @Thorough
    @Test
    void ofAMachineThatWasNeverSeenItIsNotSaidThatItIsFree() throws Exception {
        MACHINES.get(3).unplug();
        DefaultProvider provider = open("state", "timeout", "3s");

        assertThatThrownBy(provider::instances)
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("it is not known whether these machines are claimed")
                .hasMessageContaining(
                        "machine m3 does not answer: " + MACHINES.get(3).address() + ":22")
                .hasMessageContaining("take them out of " + list);

        MACHINES.list(list, 2);
        assertThat(open("state").instances()).isEmpty();
    }

    @Thorough
    @Test
    void aMachineThatShowsAnotherHostKeyIsNotTalkedTo() throws Exception {
        Files.writeString(
                list,
                Files.readString(list)
                        .replace(MACHINES.get(1).hostKey(), MACHINES.get(2).hostKey()));

        assertThatThrownBy(() -> open("state").instances())
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("machine m1 does not show a host key that the list of machines has");
    }

    // ---- Permissions

    @Thorough
    @Test
    void aKeyThatNobodyLetsInIsInvalidAndOneThatSomeLetInIsNot() throws Exception {
        try (ManualEnviron environ = environ()) {
            Instance there = environ.startInstance(start("there"));
            MACHINES.get(1).lockOut();
            try {
                assertThat(environ.allInstances(Tags.none()))
                        .as("what is known of the machine")
                        .singleElement()
                        .satisfies(one -> assertThat(one.statusMessage()).startsWith("machine m1 does not let us in"));
                environ.probeCredential();
                assertThatThrownBy(() -> environ.stopInstance(there.id()))
                        .satisfies(
                                e -> assertThat(environ.classify((Exception) e).map(CloudException::kind))
                                        .contains(Kind.ACCESS_DENIED));
            } finally {
                MACHINES.get(1).letIn();
            }
            environ.stopInstance(there.id());
        }
        Path stranger = directory.resolve("stranger");
        SshKeyPair.generate("").writeTo(stranger);
        assertThatThrownBy(() ->
                        open("state", "identity-file", stranger.toString()).instances())
                .isInstanceOf(CredentialNotValidException.class)
                .hasMessageContaining("no machine lets us in with the identity that is configured");
    }

    @Thorough
    @Test
    void aUserWhoMayNotBecomeRootIsSaidSo() throws Exception {
        list = MACHINES.list(directory.resolve("one.yaml"), 1);
        MACHINES.get(1).run("mv /etc/sudoers.d/deploy /etc/away");
        try (ManualEnviron environ = environ()) {
            assertThat(environ.allInstances(Tags.none())).isEmpty();
            assertThatThrownBy(() -> environ.startInstance(start("denied")))
                    .isInstanceOfSatisfying(CloudException.class, e -> {
                        assertThat(e.kind()).isEqualTo(Kind.NOT_AUTHORISED);
                        assertThat(e.action()).contains("sudo");
                    })
                    .hasMessageContaining(
                            "user \"deploy\" of machine m1 must be able to become root without a password");
        } finally {
            MACHINES.get(1).run("mv /etc/away /etc/sudoers.d/deploy");
        }
    }

    // ---- Cleaning up

    @Thorough
    @Test
    void theUsersOwnScriptRunsBeforeAMachineIsFreeAndKeepsItClaimedIfItFails() throws Exception {
        Path script = Files.writeString(
                directory.resolve("cleanup.sh"),
                "id -un\necho \"it's $(cat /etc/acme-data)\" >&2\nrm /etc/acme-data\n");
        ManualConfig config = NamespaceMachines.config(list);
        ManualConfig cleaning = new ManualConfig(
                config.machines(),
                config.user(),
                Optional.of(script),
                config.cleanupTimeout(),
                config.timeout(),
                config.sightings());
        try (ManualEnviron environ = new ManualEnviron(cleaning, NamespaceMachines.credential())) {
            Instance one = environ.startInstance(start("one"));

            assertThatThrownBy(() -> environ.stopInstance(one.id()))
                    .isInstanceOf(CloudException.class)
                    .hasMessageContaining("machine m1: the clean-up script has ended with status 1: root")
                    .hasMessageContaining("No such file");
            assertThat(environ.allInstances(Tags.none()))
                    .as("not clean, so not free")
                    .hasSize(1);

            MACHINES.get(1).run("echo acme > /etc/acme-data");
            environ.stopInstance(one.id());

            assertThat(environ.allInstances(Tags.none())).isEmpty();
            assertThat(MACHINES.get(1).run("ls /etc/acme-data 2> /dev/null || echo none"))
                    .isEqualTo("none\n");
        }
    }

    @Thorough
    @Test
    void keysThatCameGoAndKeysThatWereTakenAwayDoNotComeBack() throws Exception {
        NamespaceMachine m1 = MACHINES.get(1);
        m1.run("echo 'ssh-ed25519 AAAAold colleague' >> /home/deploy/.ssh/authorized_keys");
        try (ManualEnviron environ = environ()) {
            Instance one = environ.startInstance(start("one"));
            m1.run("sed -i /AAAAold/d /home/deploy/.ssh/authorized_keys;"
                    + " echo 'ssh-ed25519 AAAAnew tenant' >> /home/deploy/.ssh/authorized_keys");

            environ.stopInstance(one.id());

            assertThat(m1.run("cat /home/deploy/.ssh/authorized_keys"))
                    .isEqualTo(NamespaceMachines.USER.publicKey().line() + "\n");
            assertThat(m1.run("stat -c '%U %a' /home/deploy/.ssh/authorized_keys"))
                    .isEqualTo("deploy 600\n");
        }
    }

    @Thorough
    @Test
    void aScriptThatStillRunsIsEnded() throws Exception {
        NamespaceMachine m1 = MACHINES.get(1);
        try (ManualEnviron environ = environ()) {
            Instance one = environ.startInstance(start("one"));
            m1.run("mkdir -p /var/lib/foothold/run/x; setsid -f flock /var/lib/foothold/run/x/lock"
                    + " setsid sh -c 'echo $$ > /var/lib/foothold/run/x/group; exec sleep 1000' < /dev/null > /dev/null 2>&1;"
                    + " while [ ! -s /var/lib/foothold/run/x/group ]; do sleep 0.01; done");
            String script = m1.run("cat /var/lib/foothold/run/x/group").strip();
            assertThat(NamespaceMachines.isAlive(script)).isTrue();

            environ.stopInstance(one.id());

            assertThat(NamespaceMachines.isAlive(script)).isFalse();
        }
    }
}
