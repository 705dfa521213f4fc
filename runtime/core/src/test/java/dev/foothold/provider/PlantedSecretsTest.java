package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.bootstrap.LaunchResult;
import dev.foothold.bootstrap.ScriptFailedException;
import dev.foothold.cloudinit.ShellWord;
import dev.foothold.config.CredentialSchema;
import dev.foothold.config.ProviderSchema;
import dev.foothold.config.Secret;
import dev.foothold.config.SettingGroup;
import dev.foothold.config.SettingSpec;
import dev.foothold.config.SettingType;
import dev.foothold.config.SettingValues;
import dev.foothold.config.Settings;
import dev.foothold.constraints.Constraints;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.event.Event;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.redact.Redactor;
import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.simulator.machine.Isolation;
import dev.foothold.testing.SimulatedEnviron;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants secrets wherever there may be some, has clouds and machines repeat them in every form, and looks for them in
 * all that is shown and kept.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
@Tag("D-58")
class PlantedSecretsTest {

    private static final SettingSpec<Secret> PASSWORD = SettingSpec.of("password", SettingType.SECRET);
    private static final SettingSpec<Secret> KEY = SettingSpec.of("key", SettingType.SECRET);
    private static final SettingGroup<Secret> CONFIGURATION = SettingGroup.of(in -> in.get(PASSWORD), PASSWORD);
    private static final CredentialSchema<Secret> CREDENTIAL =
            CredentialSchema.of("key", SettingGroup.of(in -> in.get(KEY), KEY));

    private static final String SETTING = "s3tting/in+the=file & \"it's\"";
    private static final String TOKEN = key();
    private static final String NAMED = "pässwörd-of-the-database";
    private static final String IN_A_FILE = "only-in-a-file-0123456789";
    private static final List<String> ALL = List.of(SETTING, TOKEN, NAMED, IN_A_FILE);

    private static final Arch ARCH = System.getProperty("os.arch").equals("aarch64") ? Arch.ARM64 : Arch.AMD64;
    private static final BootstrapParams PARAMS = BootstrapParams.on(Base.parse("ubuntu@24.04"))
            .arch(ARCH)
            .secret(Secret.of(NAMED))
            .within(Duration.ofSeconds(60));

    /** So many characters of a secret in one piece are more than chance. */
    private static final int TELLING = 12;

    private static final Set<String> NEEDLES = needles();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage());
            if (entry.getThrown() != null) {
                logged.add(stackTrace(entry.getThrown()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Level level = Logger.getLogger("").getLevel();

    @TempDir
    Path directory;

    private SimulatedCloud cloud;
    private DefaultProvider provider;

    @BeforeEach
    void open() {
        Logger.getLogger("").addHandler(handler);
        Logger.getLogger("").setLevel(Level.ALL);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        cloud = SimulatedCloud.builder()
                .zones("a", "b")
                .isolation(Isolation.DIRECTORY)
                .open();
        provider = Foothold.at(directory.resolve("state"))
                .withEvents(events::add)
                .open(new Factory(), "prod", Settings.of(Map.of("password", SETTING, "key", TOKEN)));
    }

    @AfterEach
    void close() {
        System.setOut(out);
        System.setErr(err);
        Logger.getLogger("").setLevel(level);
        Logger.getLogger("").removeHandler(handler);
        provider.close();
        cloud.close();
    }

    @Test
    void aWholeLifeShowsNoSecret() throws Exception {
        Path conf = directory.resolve("machine/acme.conf");
        Instance first = provider.bootstrapEnv(PARAMS.cloudConfig(config ->
                        config.file(conf.toString(), Secret.of(IN_A_FILE)).shell(echo())))
                .instance();
        LaunchResult more =
                provider.launch(1, LaunchParams.on(Base.parse("ubuntu@24.04")).arch(ARCH));
        assertHoldsNoKey(stackTrace(more.refusals().get("a")));
        assertThat(filesOthersCanRead(machineRoot())).allSatisfy(file -> assertHoldsNoSecret(content(file)));
        assertThat(filesOthersCanRead(directory.resolve("state")))
                .allSatisfy(file -> assertHoldsNoSecret(content(file)));
        assertThat(conf).hasContent(IN_A_FILE);
        assertThat(othersCanRead(conf)).isFalse();
        provider.destroyEnv();

        assertNothingIsShown();
        assertThat(lines())
                .as("forms that were replaced")
                .filteredOn(line -> line.contains(Redactor.MASK))
                .hasSizeGreaterThan(20);
        assertThat(events.toString()).contains("zone a is closed to (secret)");
        assertThat(first.id()).isNotNull();
    }

    @Test
    void aFailureShowsNoSecret() throws Exception {
        Throwable failure = catchThrowable(() -> provider.bootstrapEnv(PARAMS.cloudConfig(
                config -> config.file(directory.resolve("machine/acme.conf").toString(), Secret.of(IN_A_FILE))
                        .shell(echo() + "exit 3"))));

        assertThat(failure).isInstanceOf(ScriptFailedException.class).hasMessageContaining(Redactor.MASK);
        assertHoldsNoSecret(stackTrace(failure));
        assertHoldsNoSecret(((ScriptFailedException) failure).tail().toString());
        assertNothingIsShown();
    }

    @Test
    void whatCannotBeOpenedShowsNoSecret() {
        Throwable failure = catchThrowable(() -> Foothold.at(directory.resolve("state"))
                .open(
                        new Factory() {
                            @Override
                            public DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) {
                                throw new IllegalStateException("login with " + SETTING, new IOException(TOKEN));
                            }
                        },
                        "other",
                        Settings.of(Map.of("password", SETTING, "key", TOKEN))));

        assertThat(failure)
                .hasMessage("provider \"leaky\" cannot be opened: java.lang.IllegalStateException: login with (secret)")
                .hasStackTraceContaining("java.io.IOException: (secret)");
        assertHoldsNoSecret(stackTrace(failure));
    }

    /** Renders a script that writes each secret in each form that a machine's tools know, in pieces. */
    private static String echo() {
        StringBuilder script = new StringBuilder(
                "slowly() { head -c 9; sleep 0.02; cat; echo; }\n" + "echo \"root: $MACHINE_ROOT\"\n");
        for (String secret : ALL) {
            script.append("s=").append(ShellWord.quote(secret)).append('\n').append("""
                    printf '%s' "$s" | slowly
                    printf 'user:%s' "$s" | slowly >&2
                    printf '%s\\n' "$s" | base64 | slowly
                    printf '%s' "$s" | base64 -w 0 | slowly
                    printf 'x%s.' "$s" | base64 -w 64 | slowly
                    printf 'xy%s.' "$s" | base64 -w 0 | tr '+/' '-_' | slowly >&2
                    printf '%s\\n' "$s" | sed 's/^/    /' | slowly
                    printf '%q\\n' "$s" | slowly
                    (set -x; : "$s") 2>&1 | slowly
                    """);
            script.append("printf '%s' ")
                    .append(ShellWord.quote(URLEncoder.encode(secret, StandardCharsets.UTF_8)))
                    .append(" | slowly\n");
        }
        return script.toString();
    }

    private void assertNothingIsShown() {
        assertThat(events).allSatisfy(event -> assertHoldsNoSecret(event.toString()));
        assertThat(logged).allSatisfy(PlantedSecretsTest::assertHoldsNoSecret);
        assertHoldsNoSecret(printed.toString(StandardCharsets.UTF_8));
        assertHoldsNoSecret(String.join("\n", lines()));
        assertHoldsNoSecret(String.join("", lines()));
    }

    private static void assertHoldsNoSecret(String text) {
        for (String needle : NEEDLES) {
            assertThat(text.contains(needle)).as("\"%s\" in %s", needle, text).isFalse();
        }
    }

    /** Of the user data that the cloud repeats, the private host key must not be seen. */
    private static void assertHoldsNoKey(String text) {
        assertHoldsNoSecret(text);
        assertThat(text).contains("ssh_keys").doesNotContain("b3BlbnNzaC1rZXktdjE"); // how each such key begins
    }

    private static String key() {
        byte[] bytes = new byte[300];
        new SecureRandom().nextBytes(bytes);
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END PRIVATE KEY-----\n";
    }

    private static Set<String> needles() {
        Set<String> needles = new LinkedHashSet<>();
        for (String secret : ALL) {
            for (String line : secret.split("\n")) {
                if (line.length() >= TELLING && !line.startsWith("-----")) {
                    addPieces(line, needles);
                    addPieces(URLEncoder.encode(line, StandardCharsets.UTF_8), needles);
                    for (int before = 0; before < 3; before++) {
                        String encoded = Base64.getEncoder()
                                .encodeToString(("x".repeat(before) + line).getBytes(StandardCharsets.UTF_8));
                        addPieces(encoded.substring(4, encoded.length() - 4), needles);
                    }
                }
            }
        }
        return needles;
    }

    private static void addPieces(String text, Set<String> pieces) {
        for (int at = 0; at + TELLING <= text.length(); at++) {
            pieces.add(text.substring(at, at + TELLING));
        }
    }

    private List<String> lines() {
        return events.stream()
                .filter(Event.MachineOutput.class::isInstance)
                .map(event -> ((Event.MachineOutput) event).line())
                .toList();
    }

    private Path machineRoot() {
        return lines().stream()
                .filter(line -> line.startsWith("root: "))
                .map(line -> Path.of(line.substring("root: ".length())))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> filesOthersCanRead(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            assertThat(files).isNotEmpty();
            return files.stream().filter(PlantedSecretsTest::othersCanRead).toList();
        }
    }

    private static boolean othersCanRead(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** A factory as the processor writes it. */
    private class Factory implements ProviderFactory {

        @Override
        public String name() {
            return "leaky";
        }

        @Override
        public List<String> aliases() {
            return List.of();
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public ProviderSchema schema() {
            return ProviderSchema.of("leaky").withConfiguration(CONFIGURATION).withCredential(CREDENTIAL);
        }

        @Override
        public DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) throws Exception {
            SettingValues in = schema().read(settings);
            return new DefaultZonedProvider(
                    new Leaky(cloud, in.get(CONFIGURATION), in.get(CREDENTIAL)), model, foothold);
        }
    }

    /** A cloud whose refusals repeat everything it was told. */
    private static final class Leaky implements ZonedEnviron {

        private final SimulatedEnviron environ;
        private final String said;

        Leaky(SimulatedCloud cloud, Secret password, Secret key) {
            this.environ = new SimulatedEnviron(cloud);
            this.said = " is closed to " + password.reveal() + ", "
                    + Base64.getEncoder().encodeToString(("joe:" + key.reveal()).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Instance startInstance(StartInstanceParams params) throws InterruptedException {
            if (params.zone().orElse("").equals("a")) {
                throw new CloudException(
                        CloudException.Kind.CAPACITY,
                        "zone a" + said,
                        new IllegalStateException(
                                params.userData().text(),
                                new IOException(params.userData().base64())));
            }
            return environ.startInstance(params);
        }

        @Override
        public void stopInstance(InstanceId id) throws InterruptedException {
            environ.stopInstance(id);
        }

        @Override
        public List<Instance> allInstances(Tags owner) throws InterruptedException {
            return environ.allInstances(owner);
        }

        @Override
        public List<AvailabilityZone> availabilityZones() throws InterruptedException {
            return environ.availabilityZones();
        }

        @Override
        public List<ImageMetadata> images(Base base, Arch arch) throws InterruptedException {
            return environ.images(base, arch);
        }

        @Override
        public List<InstanceType> instanceTypes(Constraints constraints) throws InterruptedException {
            return environ.instanceTypes(constraints);
        }

        @Override
        public String dataDirectory() {
            return environ.dataDirectory();
        }
    }
}
