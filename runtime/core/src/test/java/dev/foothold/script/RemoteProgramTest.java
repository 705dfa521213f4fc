package dev.foothold.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.config.Secret;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.ssh.SshOptions;
import dev.foothold.testing.OpenSshServer;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins that are not root's, and shells that are not quiet: with stand-ins for {@code id} and {@code sudo}. */
@Timeout(120)
class RemoteProgramTest {

    /** What sudo does that wants a password: reads one line, byte by byte, and forgets the environment. */
    private static final String ASKING_SUDO = """
            [ "$1" = -S ] || { echo 'sudo: a password is required' >&2; exit 1; }
            shift 3
            IFS= read -r given
            [ "$given" = "it's a \\$ecret" ] || { echo 'Sorry, try again.' >&2; exit 1; }
            exec env -i PATH=/usr/bin:/bin "$@"
            """;

    private final String id = UUID.randomUUID().toString();

    @TempDir
    Path directory;

    private OpenSshServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void sudoThatDoesNotAskIsUsed() throws Exception {
        start("shift; echo \"asked for $1\" >> /root/asked; exec \"$@\"");

        assertThat(run(server.options())).isEqualTo("root\n");
        assertThat(server.home().resolve("asked")).hasContent("asked for /bin/sh");
    }

    @Test
    void sudoThatAsksGetsThePasswordOnStandardInput() throws Exception {
        start(ASKING_SUDO);

        assertThat(run(server.options().withSudoPassword(Secret.of("it's a $ecret"))))
                .isEqualTo("root\n");
    }

    @Test
    void aPasswordThatIsNotAskedForIsNotTakenForTheScript() throws Exception {
        start("shift 3; exec \"$@\"");

        assertThat(run(server.options().withSudoPassword(Secret.of("rm -rf /"))))
                .isEqualTo("root\n");
    }

    @Test
    void sudoThatAsksForWhatNobodyHasGivenIsSaidSo() throws Exception {
        start(ASKING_SUDO);

        assertThatThrownBy(() -> run(server.options()))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining(server.address().hostAndPort())
                .hasMessageContaining("give it with SshOptions.withSudoPassword");
        assertThatThrownBy(() -> run(server.options().withSudoPassword(Secret.of("guess"))))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("sudo does not accept the password")
                .message()
                .doesNotContain("guess");
    }

    @Test
    void startUpFilesThatTalkAreNotListenedTo() throws Exception {
        start("shift; exec \"$@\"");
        Files.writeString(
                server.home().resolve(".bashrc"), "echo 'Welcome to this machine'; echo 'last login: today' >&2\n");

        assertThat(run(server.options())).isEqualTo("root\n");
    }

    @Test
    void aMachineWithoutSetsidIsNamed() throws Exception {
        start("shift; exec \"$@\"");
        Path tools = directory.resolve("few");
        Files.createDirectory(tools);
        for (String tool : new String[] {
            "sh", "cat", "mkdir", "ln", "rm", "mv", "head", "wc", "tr", "sed", "cut", "base64", "rmdir"
        }) {
            tool(tools, tool, "exec /usr/bin/" + tool + " \"$@\"");
        }
        tool(tools, "id", "echo 0");
        Files.writeString(server.home().resolve(".bashrc"), "export PATH=" + tools + "\n");

        assertThatThrownBy(() -> run(server.options()))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("there is no setsid on the machine");
    }

    private void start(String sudo) throws IOException, InterruptedException {
        OpenSshServer.require();
        Path tools = Files.createDirectory(directory.resolve("tools"));
        tool(tools, "id", "echo 1000");
        tool(tools, "sudo", sudo);
        server = OpenSshServer.start(
                Files.createDirectory(directory.resolve("server")), "SetEnv PATH=" + tools + ":/usr/bin:/bin");
    }

    private static void tool(Path tools, String name, String text) throws IOException {
        Path file = tools.resolve(name);
        Files.writeString(file, "#!/bin/bash\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String run(SshOptions options) throws InterruptedException {
        SshjConnector connector = new SshjConnector();
        StringBuilder heard = new StringBuilder();
        try (SteadySession machine = new SteadySession(
                connector.connect(server.address(), options),
                connector,
                address -> options,
                Timeline.real(),
                Duration.ofSeconds(5))) {
            ScriptEnd end = new ScriptRunner(Timeline.real(), "/root/data")
                    .run(
                            machine,
                            Script.of(id, "/usr/bin/id -un").within(Duration.ofSeconds(30)),
                            (stream, bytes, length) ->
                                    heard.append(new String(bytes, 0, length, StandardCharsets.UTF_8)),
                            ScriptListener.none());
            assertThat(end.describe()).isEqualTo("exit status 0");
        }
        return heard.toString();
    }
}
