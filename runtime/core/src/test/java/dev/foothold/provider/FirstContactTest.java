package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.BootstrapException;
import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.bootstrap.HostKeyRotation;
import dev.foothold.bootstrap.HostKeyRotationException;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.Environ;
import dev.foothold.environ.MachineLogin;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.UserDataSupport;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.internal.yaml.YamlText;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.JumpHost;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.ssh.SshSession;
import dev.foothold.testing.OpenSshServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first contact with a machine, and logging in later: on Debian's SSH server and with its client. */
@Timeout(120)
class FirstContactTest {

    private static final String DATA = "/root/foothold data";
    private static final SshKeyPair COLLEAGUE = SshKeyPair.generate("colleague@desk");
    private static final BootstrapParams PARAMS =
            BootstrapParams.on(Base.parse("debian@12")).within(Duration.ofSeconds(60));

    @TempDir
    Path directory;

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final DebianEnviron environ = new DebianEnviron();
    private SshOptions base = SshOptions.defaults().withUser("root");

    @BeforeEach
    void require() {
        OpenSshServer.require();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    /** A cloud of one machine, which is Debian's SSH server; it understands what our user data says, or none. */
    private final class DebianEnviron implements Environ {

        private UserDataSupport support = UserDataSupport.CLOUD_CONFIG;
        private String[] configuration = {};
        private @Nullable String copyOfHostKey;
        private int hostKeysToldAfter;
        private boolean fixedKeys;
        private @Nullable OpenSshServer server;
        private @Nullable Instance instance;
        private String userData = "";
        private @Nullable SshPublicKey firstHostKey;

        @Override
        public Instance startInstance(StartInstanceParams params) throws Exception {
            Path machine = Files.createDirectory(directory.resolve("machine"));
            OpenSshServer starting = OpenSshServer.start(machine, configuration);
            opened.add(starting);
            server = starting;
            if (fixedKeys) {
                Files.copy(
                        starting.home().resolve(".ssh/authorized_keys"),
                        starting.etc().resolve("fixed_keys"));
            }
            userData = params.userData().text();
            if (support == UserDataSupport.CLOUD_CONFIG) {
                apply(userData, starting);
            }
            firstHostKey = starting.hostKey();
            instance = Instance.of("i-1 \u00e9", InstanceStatus.RUNNING)
                    .at(starting.address())
                    .tagged(params.tags());
            return instance;
        }

        private void apply(String document, OpenSshServer machine) throws Exception {
            Map<String, @Nullable Object> config = YamlText.load(document);
            Map<?, ?> keys = (Map<?, ?>) config.get("ssh_keys");
            Files.writeString(
                    machine.etc().resolve("ssh_host_ed25519_key"), String.valueOf(keys.get("ed25519_private")));
            Files.writeString(
                    machine.etc().resolve("ssh_host_ed25519_key.pub"), String.valueOf(keys.get("ed25519_public")));
            List<?> authorized = (List<?>) config.get("ssh_authorized_keys");
            Files.write(
                    machine.home().resolve(".ssh/authorized_keys"),
                    authorized.stream().map(String::valueOf).toList());
            if (copyOfHostKey != null) {
                machine.run("cp -p /etc/ssh/ssh_host_ed25519_key /etc/ssh/" + copyOfHostKey
                        + " && sed -i 's/ssh_host_ed25519_key/" + copyOfHostKey + "/' /etc/ssh/sshd_config");
            }
            machine.reload();
            for (Object command : (List<?>) config.get("runcmd")) {
                machine.run(String.valueOf(command));
            }
        }

        @Override
        public void stopInstance(InstanceId id) {
            instance = null;
            server.close();
        }

        @Override
        public List<Instance> allInstances(Tags owner) throws Exception {
            if (instance == null) {
                return List.of();
            }
            return List.of(
                    support == UserDataSupport.NONE && hostKeysToldAfter-- <= 0
                            ? instance.showing(List.of(firstHostKey.line()))
                            : instance);
        }

        @Override
        public String dataDirectory() {
            return DATA;
        }

        @Override
        public UserDataSupport userData() {
            return support;
        }
    }

    // ---- Host keys

    @Test
    void theHostKeyInTheUserDataIsWorthlessAfterFirstContact() throws Exception {
        DefaultProvider provider = provider();

        BootstrapResult result = provider.bootstrapEnv(PARAMS.cloudConfig(c -> c.run("echo", "configured")));

        SshPublicKey told = environ.firstHostKey;
        SshPublicKey now = environ.server.hostKey();
        assertThat(environ.userData).contains(told.line().split(" ")[1]);
        assertThat(now).isNotEqualTo(told);
        assertThat(pins()).containsExactly("i-1_20_c3_a9 " + now.line());
        assertThat(events)
                .filteredOn(Event.HostKeyReplaced.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((Event.HostKeyReplaced) event).fingerprint())
                        .isEqualTo(now.fingerprint()));
        assertThat(events)
                .filteredOn(Event.MachineOutput.class::isInstance)
                .extracting(event -> ((Event.MachineOutput) event).line())
                .containsExactly("configured");
        assertThat(Files.getPosixFilePermissions(environ.server.etc().resolve("ssh_host_ed25519_key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (Stream<Path> files = Files.list(environ.server.etc())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .doesNotContain(".foothold_new_host_key", ".foothold_new_host_key.pub");
        }
        assertThat(hello(provider, result.instance().id())).isEqualTo("hello");
    }

    @Test
    void aServerThatGoesOnWithItsOldKeyFailsTheBootstrapWhereANewOneIsRequired() throws Exception {
        environ.copyOfHostKey = "other_key";
        Path tools = Files.createDirectory(directory.resolve("tools"));
        Path asked = directory.resolve("asked");
        tool(tools, "systemctl", "echo \"$@\" >> " + asked);
        environ.configuration = new String[] {"SetEnv PATH=" + tools + ":/usr/bin:/bin"};
        DefaultProvider provider = provider();

        assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS))
                .isInstanceOf(HostKeyRotationException.class)
                .hasMessageContaining("the SSH server does not use its new host key")
                .hasMessageContaining("HostKeyRotation.PREFERRED goes on without");
        assertThat(asked).as("the last means to make it read its keys").hasContent("reload ssh");
        assertThat(environ.instance).isNull();
        assertThat(directory.resolve("state/prod/pins/i-1_20_c3_a9")).doesNotExist();
        assertThat(directory.resolve("state/prod/identities"))
                .as("the operation's key pair")
                .doesNotExist();
    }

    @Test
    void aMachineWithoutSshKeygenKeepsItsKeyWhereANewOneIsOnlyPreferred() throws Exception {
        Path tools = Files.createDirectory(directory.resolve("tools"));
        // What the script runner takes; ssh-keygen is not among it.
        for (String tool : List.of(
                "id", "sh", "bash", "base64", "cat", "df", "flock", "head", "ln", "mkdir", "mv", "rm", "rmdir", "sed",
                "setsid", "sleep", "tail", "tr", "true", "wc")) {
            tool(tools, tool, "exec /usr/bin/" + tool + " \"$@\"");
        }
        environ.configuration = new String[] {"SetEnv PATH=" + tools};
        DefaultProvider provider = provider();

        BootstrapResult result = provider.bootstrapEnv(PARAMS.hostKeyRotation(HostKeyRotation.PREFERRED));

        assertThat(events)
                .filteredOn(Event.HostKeyKept.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((Event.HostKeyKept) event).reason())
                        .isEqualTo("there is no ssh-keygen on the machine"));
        assertThat(environ.server.hostKey()).isEqualTo(environ.firstHostKey);
        assertThat(hello(provider, result.instance().id())).isEqualTo("hello");
        provider.destroyEnv();
    }

    @Test
    void aKeyThatShallStayStays() throws Exception {
        DefaultProvider provider = provider();

        BootstrapResult result = provider.bootstrapEnv(PARAMS.hostKeyRotation(HostKeyRotation.NEVER));

        assertThat(environ.server.hostKey()).isEqualTo(environ.firstHostKey);
        assertThat(hello(provider, result.instance().id())).isEqualTo("hello");
    }

    // ---- Machines without user data

    @Test
    void aMachineWithoutUserDataIsToldEverythingOverTheFirstConnection() throws Exception {
        environ.support = UserDataSupport.NONE;
        environ.hostKeysToldAfter = 2;
        base = base.withIdentity(OpenSshServer.USER);
        DefaultProvider provider = provider();

        BootstrapResult result = provider.bootstrapEnv(PARAMS.cloudConfig(c -> c.run("echo", "configured")));

        assertThat(environ.userData).isEmpty();
        assertThat(Files.readAllLines(environ.server.home().resolve(".ssh/authorized_keys")))
                .hasSize(3)
                .contains(
                        OpenSshServer.USER.publicKey().line(),
                        COLLEAGUE.publicKey().line());
        assertThat(environ.server.home().resolve("foothold data/nonce.txt"))
                .content()
                .matches("[0-9a-f]{32}\n");
        assertThat(environ.server.hostKey())
                .as("a host key that was in no user data")
                .isEqualTo(environ.firstHostKey);
        assertThat(pins()).containsExactly("i-1_20_c3_a9 " + environ.firstHostKey.line());
        assertThat(events)
                .anyMatch(Event.ScriptSucceeded.class::isInstance)
                .noneMatch(Event.HostKeyReplaced.class::isInstance)
                .noneMatch(Event.HostKeyKept.class::isInstance);
        // Later the user's own key is not needed any more.
        base = base.withIdentities(List.of());
        assertThat(hello(provider(), result.instance().id())).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource(names = {"NEVER", "PREFERRED"})
    void aMachineThatDoesNotTakeOurKeyFailsTheBootstrapWhateverBecomesOfItsHostKey(HostKeyRotation policy)
            throws Exception {
        environ.support = UserDataSupport.NONE;
        environ.configuration = new String[] {"AuthorizedKeysFile /etc/ssh/fixed_keys"};
        environ.fixedKeys = true;
        base = base.withIdentity(OpenSshServer.USER);

        assertThatThrownBy(() -> provider().bootstrapEnv(PARAMS.hostKeyRotation(policy)))
                .isInstanceOf(SshException.class)
                .hasMessageContaining("does not let user \"root\" in");
        assertThat(environ.instance).isNull();
    }

    @Test
    void aMachineWithoutUserDataThatWasLaunchedIsLoggedInToWithTheUsersOwnKey() throws Exception {
        environ.support = UserDataSupport.NONE;
        base = base.withIdentity(OpenSshServer.USER);
        DefaultProvider provider = provider();

        Instance launched = provider.launch(1, LaunchParams.on(Base.parse("debian@12")))
                .started()
                .get(0);

        assertThat(hello(provider, launched.id())).isEqualTo("hello");
    }

    /** Says of its machines how to log in to them. */
    private record KnowingEnviron(DebianEnviron machines) implements Environ, MachineLogin {

        @Override
        public Instance startInstance(StartInstanceParams params) throws Exception {
            return machines.startInstance(params);
        }

        @Override
        public void stopInstance(InstanceId id) {
            machines.stopInstance(id);
        }

        @Override
        public List<Instance> allInstances(Tags owner) throws Exception {
            return machines.allInstances(owner);
        }

        @Override
        public UserDataSupport userData() {
            return machines.userData();
        }

        @Override
        public SshOptions login(MachineAddress address, SshOptions options) {
            if (!address.equals(machines.server.address())) {
                throw new IllegalStateException("no such machine");
            }
            return options.withUser("root").withIdentity(OpenSshServer.USER);
        }
    }

    @Test
    void howToLogInNeedNotBeSaidWhereTheEnvironKnowsIt() throws Exception {
        environ.support = UserDataSupport.NONE;
        base = SshOptions.defaults().withUser("nobody-of-that-name");
        DefaultProvider provider = new DefaultProvider(new KnowingEnviron(environ), model(), foothold());

        BootstrapResult result = provider.bootstrapEnv(PARAMS.cloudConfig(c -> c.run("echo", "configured")));

        assertThat(hello(provider, result.instance().id())).isEqualTo("hello");
    }

    @Test
    void anEnvironThatDoesNotKnowItsOwnMachineIsSaidSo() throws Exception {
        environ.support = UserDataSupport.NONE;
        KnowingEnviron knowing = new KnowingEnviron(environ);
        DefaultProvider provider = new DefaultProvider(knowing, model(), foothold());
        Instance launched = provider.launch(1, LaunchParams.on(Base.parse("debian@12")))
                .started()
                .get(0);
        environ.instance = launched.at(MachineAddress.of("192.0.2.9"));

        assertThatThrownBy(() -> provider.sshCommand(launched.id()))
                .isInstanceOf(CloudException.class)
                .hasMessage("login: no such machine");
    }

    @Test
    void aMachineWithoutUserDataThatLetsNobodyInIsSaidSo() throws Exception {
        environ.support = UserDataSupport.NONE;
        base = base.withIdentity(COLLEAGUE);

        assertThatThrownBy(() -> provider().bootstrapEnv(PARAMS.within(Duration.ofSeconds(3))))
                .isInstanceOf(FootholdException.class)
                .hasMessageContaining("does not let user \"root\" in");
    }

    @Test
    void aHostKeyOfTheCloudThatIsNoneIsNamed() throws Exception {
        environ.support = UserDataSupport.NONE;
        base = base.withIdentity(OpenSshServer.USER);
        DefaultProvider provider = new DefaultProvider(
                new Environ() {
                    @Override
                    public Instance startInstance(StartInstanceParams params) throws Exception {
                        return environ.startInstance(params).showing(List.of("ssh-ed25519 AAAA"));
                    }

                    @Override
                    public void stopInstance(InstanceId id) {
                        environ.stopInstance(id);
                    }

                    @Override
                    public List<Instance> allInstances(Tags owner) throws Exception {
                        return environ.allInstances(owner);
                    }

                    @Override
                    public UserDataSupport userData() {
                        return UserDataSupport.NONE;
                    }
                },
                model(),
                foothold());

        assertThatThrownBy(() -> provider.bootstrapEnv(PARAMS))
                .isInstanceOf(BootstrapException.class)
                .hasMessageContaining("the cloud tells a host key of instance i-1 \u00e9 that cannot be read");
    }

    // ---- Later

    @Test
    void theLineToPasteLogsInWithoutTouchingAnythingOfTheUsers() throws Exception {
        Path own = Path.of(System.getProperty("user.home"), ".ssh");
        String before = listing(own);
        DefaultProvider provider = provider();
        BootstrapResult result = provider.bootstrapEnv(PARAMS);

        String line = provider.sshCommand(result.instance().id());

        assertThat(line)
                .startsWith("ssh -F none -o 'StrictHostKeyChecking yes'")
                .doesNotContain("\n");
        String pinned = Files.readString(directory.resolve("state/prod/pins/i-1_20_c3_a9"));
        assertThat(paste(line + " 'echo hello; id -un'")).isEqualTo("hello\nroot");
        assertThat(Files.readString(directory.resolve("state/prod/pins/i-1_20_c3_a9")))
                .isEqualTo(pinned);
        assertThat(listing(own)).isEqualTo(before);
    }

    @Test
    void theLineToPasteRefusesAnotherMachine() throws Exception {
        DefaultProvider provider = provider();
        BootstrapResult result = provider.bootstrapEnv(PARAMS);
        String line = provider.sshCommand(result.instance().id());
        SshKeyPair other = SshKeyPair.generate("");
        Path hostKey = environ.server.etc().resolve("ssh_host_ed25519_key");
        Files.delete(hostKey);
        other.writeTo(hostKey);
        environ.server.reload();

        assertThat(paste(line + " echo hello || true")).contains("Host key verification failed");
        assertThatThrownBy(() -> provider.connect(result.instance().id()))
                .isInstanceOf(FootholdException.class)
                .hasMessageContaining("it is another machine, or its keys were replaced");
    }

    @Test
    void aMachineBehindAJumpHostIsBootstrappedAndLoggedInToThroughIt() throws Exception {
        OpenSshServer bastion = OpenSshServer.start(Files.createDirectory(directory.resolve("bastion")));
        opened.add(bastion);
        base = base.through(new JumpHost(bastion.address(), bastion.options()));
        DefaultProvider provider = provider();
        BootstrapResult result = provider.bootstrapEnv(PARAMS);
        InstanceId id = result.instance().id();

        assertThat(hello(provider, id)).isEqualTo("hello");
        assertThatThrownBy(() -> provider.sshCommand(id))
                .isInstanceOf(FootholdException.class)
                .hasMessageContaining("is reached through a jump host");
        Path files = directory.resolve("files 100%/it's here");
        String line = provider.sshCommand(id, files);
        assertThat(paste(line + " 'echo $SSH_CONNECTION'"))
                .as("the jump host is where the connection comes from")
                .startsWith("127.");
        assertThat(paste(provider.sshCommand(id, files) + " echo again")).isEqualTo("again");
        try (Stream<Path> written = Files.list(files)) {
            assertThat(written.filter(file -> file.toString().contains("identity")))
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
        bastion.close();
        assertThat(paste(line + " echo hello || true")).doesNotContain("hello");
    }

    @Test
    void machinesThatAreNotOnRecordAreNamed() throws Exception {
        DefaultProvider provider = provider();
        assertThatThrownBy(() -> provider.connect(InstanceId.of("i-9")))
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("model \"prod\" has no instance i-9");

        BootstrapResult result = provider.bootstrapEnv(PARAMS);
        Files.delete(directory.resolve("state/prod/pins/i-1_20_c3_a9"));
        assertThatThrownBy(() -> provider.connect(result.instance().id()))
                .isInstanceOf(FootholdException.class)
                .hasMessageContaining("there is no host key on record by which instance i-1");
        Files.delete(directory.resolve(
                "state/prod/identities/" + result.instance().tags().asMap().get(Owner.OPERATION)));
        assertThatThrownBy(() -> provider.sshCommand(result.instance().id()))
                .isInstanceOf(FootholdException.class)
                .hasMessageContaining("there is no key pair on record to log in to instance i-1");
    }

    private static void tool(Path directory, String name, String script) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> pins() throws IOException {
        return Files.readAllLines(directory.resolve("state/prod/pins/i-1_20_c3_a9"));
    }

    private DefaultProvider provider() {
        return new DefaultProvider(environ, model(), foothold());
    }

    private Foothold foothold() {
        return Foothold.at(directory.resolve("state")).withEvents(events::add).withSshOptions(address -> base);
    }

    private static final UUID MODEL = UUID.randomUUID();

    private static ModelSettings model() {
        return new ModelSettings(
                "prod",
                new Owner(MODEL, MODEL),
                Tags.none(),
                List.of(COLLEAGUE.publicKey().line()));
    }

    private static String hello(DefaultProvider provider, InstanceId id) throws InterruptedException {
        try (SshSession session = provider.connect(id)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            session.run(
                    SshCommand.of("echo hello"),
                    (stream, bytes, length) -> out.write(bytes, 0, length),
                    Duration.ofSeconds(30));
            return out.toString(StandardCharsets.UTF_8).strip();
        }
    }

    private static String paste(String line) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("/bin/sh", "-c", line)
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }

    private static String listing(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return "none";
        }
        try (Stream<Path> files = Files.list(directory)) {
            StringBuilder listing = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                listing.append(file)
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append('\n');
            }
            return listing.toString();
        }
    }
}
