package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.foothold.machine.AgentBinaries;
import dev.foothold.machine.AgentBinary;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the script does that delivers an agent, run by a real shell; systemd does not run where tests do. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class AgentScriptTest {

    private static final Base BASE = Base.parse("ubuntu@24.04");
    private static final Arch ARCH = System.getProperty("os.arch").equals("aarch64") ? Arch.ARM64 : Arch.AMD64;
    private static final Arch OTHER = ARCH == Arch.AMD64 ? Arch.ARM64 : Arch.AMD64;

    /** Says hello and how it was started, and goes on. */
    private static final String HELLO = "#!/bin/sh\necho \"hello $* $ACME_WHO\"\nexec sleep 997\n";

    @TempDir
    Path directory;

    private Path data;
    private int status;

    @BeforeEach
    void noSystemd() {
        assumeTrue(!Files.exists(Path.of("/run/systemd/system")), "services of the host are not for tests");
        data = directory.resolve("data");
    }

    @AfterEach
    void stop() {
        // Not waited for: whoever adopts them may take his time to notice.
        agents().toList().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aSingleFileIsStartedWithItsArgumentsAndEnvironment() throws Exception {
        AgentBinary binary = script("1.0", HELLO);

        String said = deliver(agent(binary)
                .command("acme-1.0-any-any", "it's", "$HOME", "two words")
                .environment("ACME_WHO", "me & \"you\"")
                .ready(Readiness.running(Duration.ofMillis(300))));

        assertThat(status).as(said).isZero();
        assertThat(said).contains("acme 1.0 is ready after");
        assertThat(log()).isEqualTo("hello it's $HOME two words me & \"you\"\n");
        assertThat(Files.getPosixFilePermissions(home("start"))).hasSize(2);
        assertThat(Files.readString(home("record"))).startsWith(binary.sha256()).endsWith(" 1.0\n");
    }

    @Test
    void theSameAgainChangesNothing_anotherVersionReplacesIt() throws Exception {
        Agent first = agent(script("1.0", HELLO)).ready(Readiness.running(Duration.ofMillis(100)));
        deliver(first);
        List<Long> before = pids();

        String again = deliver(first);

        assertThat(status).as(again).isZero();
        assertThat(again).contains("acme 1.0 is there and runs");
        assertThat(pids()).isEqualTo(before).isNotEmpty();

        String other = deliver(agent(script("1.1", HELLO.replace("hello", "good day")))
                .ready(Readiness.running(Duration.ofMillis(100))));

        assertThat(status).as(other).isZero();
        assertThat(log()).startsWith("good day");
        assertThat(pids()).doesNotContainAnyElementsOf(before).hasSameSizeAs(before);
        try (Stream<Path> builds = Files.list(home(""))) {
            assertThat(builds.filter(Files::isDirectory))
                    .singleElement()
                    .asString()
                    .contains("/1.1-");
        }
    }

    @Test
    void anotherEnvironmentRestartsTheSameBuild() throws Exception {
        AgentBinary binary = script("1.0", HELLO);
        deliver(agent(binary).environment("ACME_WHO", "one").ready(Readiness.running(Duration.ofMillis(100))));

        deliver(agent(binary).environment("ACME_WHO", "two").ready(Readiness.running(Duration.ofMillis(100))));

        assertThat(log()).isEqualTo("hello  two\n");
    }

    @Test
    void anArchiveIsUnpacked_andItsProgramFound() throws Exception {
        AgentBinary binary = archive("1.0", HELLO);

        String said = deliver(agent(binary).ready(Readiness.command("test", "-f", "bin/acme")));

        assertThat(status).as(said).isZero();
        assertThat(log()).startsWith("hello");
    }

    @Test
    void anAgentThatEndsIsStartedAgain() throws Exception {
        deliver(agent(script("1.0", "#!/bin/sh\necho run\nsleep 0.5\nexit 3\n"))
                .ready(Readiness.running(Duration.ofMillis(100))));

        for (int i = 0; i < 500 && log().split("run\n", -1).length < 3; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(log())
                .containsPattern("^run\n\\[acme ended with status 3 after \\d s; it is started again in 1 s]\nrun\n");
    }

    @Test
    void aPortThatIsOpenIsReady_andOneThatIsNotIsNamed() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            deliver(agent(script("1.0", HELLO)).ready(Readiness.port(listening.getLocalPort())));
            assertThat(status).isZero();
        }

        String said =
                deliver(agent(script("1.1", HELLO)).ready(Readiness.port(1).within(Duration.ofMillis(300))));

        assertThat(status).isEqualTo(1);
        assertThat(said)
                .contains("/log ends with:\nhello")
                .endsWith("waiting for acme 1.1: it is not ready after 300 ms: nothing listens on port 1\n");
        assertThat(home("record")).doesNotExist();
    }

    @Test
    void onlyTheRightStatusOfHttpIsReady() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 5);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/health") ? 200 : 503, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            String ready = deliver(agent(script("1.0", HELLO)).ready(Readiness.http(port, "/health")));
            assertThat(status).as(ready).isZero();

            String said = deliver(agent(script("1.1", HELLO))
                    .ready(Readiness.http(port, "/other").within(Duration.ofMillis(200))));
            assertThat(said).endsWith("GET /other on port " + port + " is not answered with status 200\n");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatStartsAndDiesIsSaidWithItsLastWords() throws Exception {
        String said = deliver(agent(script("1.0", "#!/bin/sh\necho 'no licence' >&2\nexit 7\n"))
                .ready(Readiness.port(1).within(Duration.ofSeconds(30))));

        assertThat(status).isEqualTo(1);
        assertThat(said)
                .contains("no licence\n[acme ended with status 7 after")
                .containsPattern("waiting for acme 1\\.0: it starts and dies, 3 times in \\d+ ms\n$");
    }

    @Test
    void whatIsNotWhatWasDescribedIsNotStarted() throws Exception {
        AgentBinary good = script("1.0", HELLO);
        Path file = Path.of(good.location());

        Files.writeString(file, HELLO.replace("hello", "hallo"));
        assertThat(deliver(agent(good))).contains("checking acme 1.0: checksum mismatch: its SHA-256 is ");
        Files.writeString(file, HELLO.substring(5));
        assertThat(deliver(agent(good)))
                .endsWith("checking acme 1.0: it has " + (HELLO.length() - 5) + " bytes instead of " + HELLO.length()
                        + "; it is not whole, or another file\n");
        assertThat(status).isEqualTo(1);
        assertThat(pids()).isEmpty();
    }

    @Test
    void halfAnArchiveIsSaid() throws Exception {
        Path file = Path.of(archive("1.0", HELLO + "#".repeat(5000)).location());
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        String said = deliver(agent(AgentBinary.file("acme", "1.0", null, null, file)));

        assertThat(status).isEqualTo(1);
        assertThat(said)
                .contains("unpacking acme 1.0: the archive cannot be unpacked: gzip: stdin: unexpected end of file");
        try (Stream<Path> left = Files.list(home(""))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void anotherArchitectureIsSaid_ofTheMachineAndOfTheProgram() throws Exception {
        AgentBinary binary = script("1.0", HELLO);
        AgentBinary forOther =
                new AgentBinary("acme", "1.0", null, OTHER, binary.size(), binary.sha256(), binary.location());
        assertThat(run(new AgentScript(Agent.from(AgentBinaries.of(forOther)), forOther)))
                .contains("choosing acme 1.0: it is for " + OTHER.text() + ", but the machine is " + ARCH.text());

        byte[] elf = new byte[64];
        byte[] head = {0x7f, 'E', 'L', 'F', 2, 1, 1};
        System.arraycopy(head, 0, elf, 0, head.length);
        elf[18] = (byte) (OTHER == Arch.ARM64 ? 0xb7 : 0x3e);
        Path file = Files.write(directory.resolve("acme-2.0-any-any"), elf);
        assertThat(deliver(agent(AgentBinary.file("acme", "2.0", null, null, file))))
                .contains("starting acme 2.0: ", "is for " + OTHER.text() + ", but the machine is " + ARCH.text());
        assertThat(status).isEqualTo(1);
    }

    @Test
    void theMachineFetchesWhatIsElsewhere_andSaysWhyItCannot() throws Exception {
        AgentBinary local = archive("1.0", HELLO);
        byte[] bytes = Files.readAllBytes(Path.of(local.location()));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 5);
        server.createContext("/acme.tar.gz", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            String there =
                    deliver(agent(at(local, base + "/acme.tar.gz")).ready(Readiness.running(Duration.ofMillis(100))));
            assertThat(status).as(there).isZero();
            AgentBinary missing = new AgentBinary(
                    "acme", "2.0", null, null, local.size(), local.sha256(), URI.create(base + "/missing.tar.gz"));
            assertThat(deliver(agent(missing))).contains("downloading acme 2.0: " + base + "/missing.tar.gz: ", "404");
            assertThat(status).isEqualTo(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aFullDiskIsSaid() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can make a small disk");
        AgentBinary binary = archive("1.0", HELLO + "#".repeat(400_000));
        Files.createDirectories(data);

        String said = run(
                new AgentScript(agent(binary), binary),
                "unshare",
                "-m",
                "/bin/sh",
                "-c",
                "mount -t tmpfs -o size=64k none " + data + " && exec /bin/bash \"$0\"");
        assumeTrue(!said.contains("unshare failed"), "only root can make a small disk");

        assertThat(status).as(said).isEqualTo(1);
        assertThat(said).contains("unpacking acme 1.0: ", "; the disk is full");
    }

    @Test
    void whatHasNoProgramIsSaid() throws Exception {
        AgentBinary binary = archive("1.0", HELLO);

        assertThat(deliver(agent(binary).command("bin/other")))
                .endsWith("starting acme 1.0: there is no bin/other in it\n");
        assertThat(deliver(agent(binary).command("no-such-program", "x")))
                .endsWith("starting acme 1.0: there is no no-such-program in it or on the machine\n");
    }

    private static Agent agent(AgentBinary binary) {
        return Agent.from(AgentBinaries.of(binary));
    }

    private static AgentBinary at(AgentBinary local, String url) {
        return new AgentBinary(
                local.name(), local.version(), local.os(), local.arch(), local.size(), local.sha256(), URI.create(url));
    }

    private AgentBinary script(String version, String text) throws IOException {
        Path file = Files.writeString(directory.resolve("acme-" + version + "-any-any"), text);
        return AgentBinary.file("acme", version, null, null, file);
    }

    private AgentBinary archive(String version, String text) throws Exception {
        Path bin = Files.createDirectories(directory.resolve("build/bin"));
        Files.writeString(bin.resolve("acme"), text).toFile().setExecutable(true);
        Path file = directory.resolve("acme-" + version + "-any-any.tar.gz");
        Process tar = new ProcessBuilder(
                        "tar", "-czf", file.toString(), "-C", bin.getParent().toString(), "bin")
                .start();
        assertThat(tar.waitFor()).isZero();
        return AgentBinary.file("acme", version, null, null, file);
    }

    private String deliver(Agent agent) throws Exception {
        return run(new AgentScript(agent, agent.binaries().choose(BASE, ARCH, null)));
    }

    private String run(AgentScript script, String... before) throws Exception {
        Path file = Files.writeString(directory.resolve("script"), script.render(data.toString()));
        Path files = Files.createDirectories(directory.resolve("files"));
        Path local = directory.resolve("acme-" + script.binary().version() + "-any-any"
                + (script.binary().fileName().endsWith(".gz") ? ".tar.gz" : ""));
        if (Files.exists(local)) {
            Files.copy(local, files.resolve(AgentScript.FILE), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = before.length == 0 ? List.of("/bin/bash", "--noprofile", "--norc") : List.of(before);
        ProcessBuilder bash = new ProcessBuilder(
                Stream.concat(command.stream(), Stream.of(file.toString())).toList());
        bash.environment().put("FOOTHOLD_FILES", files.toString());
        Path output = directory.resolve("output");
        Process process =
                bash.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        status = process.waitFor();
        return Files.readString(output);
    }

    private Path home(String name) {
        return data.resolve("agents/acme").resolve(name);
    }

    private String log() throws IOException {
        return Files.readString(home("log"), StandardCharsets.UTF_8);
    }

    /** Gives supervisors and agents; an agent is what its supervisor has started. */
    private List<Long> pids() {
        return agents().map(ProcessHandle::pid).sorted().toList();
    }

    private Stream<ProcessHandle> agents() {
        List<ProcessHandle> supervisors = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(data.toString()))
                .toList();
        return supervisors.stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .distinct();
    }
}
