package dev.foothold.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the programs say that check what we render. */
class RenderedForRealToolsTest {

    @TempDir
    Path directory;

    static Stream<CloudConfig> scripts() {
        OutputTarget file = OutputTarget.appendTo("/var/log/it's");
        OutputTarget tee = OutputTarget.command("tee -a /var/log/x");
        CloudConfig plain = CloudConfig.empty().run("true");
        return Stream.of(
                CloudConfig.empty(),
                Samples.scriptable(),
                plain,
                plain.output(OutputRedirection.to(file)),
                plain.output(OutputRedirection.to(file).errorsTo(tee)),
                plain.output(OutputRedirection.to(tee).errorsTo(file)),
                plain.output(OutputRedirection.to(tee).errorsTo(tee)),
                CloudConfig.empty().packages("curl"),
                CloudConfig.empty().user(UserAccount.named("app")),
                CloudConfig.empty().groups("app"),
                CloudConfig.empty().file("/a", "b"));
    }

    @ParameterizedTest
    @MethodSource
    void scripts(CloudConfig config) throws Exception {
        Tools.require("shellcheck", "bash");
        String script = config.renderScript();

        assertThat(Tools.run(script, "shellcheck", "--shell=bash", "-")).isEqualTo(new Tools.Result(0, "", ""));
        assertThat(Tools.run(script, "bash", "-n")).isEqualTo(new Tools.Result(0, "", ""));
    }

    @Test
    void documentThatSaysEverything_isAcceptedByCloudInit() throws Exception {
        CloudInit.require();

        Tools.Result result = CloudInit.schema(directory, Samples.everything().renderYaml());

        assertThat(result.exit()).as(result.stdout() + result.stderr()).isZero();
        assertThat(result.stdout() + result.stderr())
                .contains("Valid cloud-config")
                .doesNotContain("eprecat");
    }

    @Test
    void documentThatIsWrong_isRefusedByCloudInit() throws Exception {
        CloudInit.require();
        Files.writeString(directory.resolve("wrong"), "#cloud-config\nruncmd: 7\n");

        assertThat(CloudInit.complaints(directory)).singleElement().asString().contains("runcmd");
    }

    // ---- Output, run by bash

    @Test
    @Tag("D-54")
    void failureBeforeAPipe_isNotHidden() throws Exception {
        CloudConfig config = CloudConfig.empty()
                .output(OutputRedirection.to(OutputTarget.command("cat")))
                .shell("exit 5");

        assertThat(Tools.run(config.renderScript(), "bash").exit()).isEqualTo(5);
        assertThat(Tools.run(
                                CloudConfig.empty()
                                        .output(OutputRedirection.to(OutputTarget.file("/dev/null"))
                                                .errorsTo(OutputTarget.command("cat")))
                                        .shell("exit 6")
                                        .renderScript(),
                                "bash")
                        .exit())
                .isEqualTo(6);
    }

    @Test
    void bothOutputs_goWhereTheyAreSent() throws Exception {
        Path out = directory.resolve("it's out");
        CloudConfig config = CloudConfig.empty()
                .output(OutputRedirection.to(OutputTarget.file(out.toString()))
                        .errorsTo(OutputTarget.command("sed 's/^/E /'")))
                .shell("echo out; echo err >&2; echo progress >&\"$FOOTHOLD_PROGRESS_FD\"");

        assertThat(Tools.run(config.renderScript(), "bash")).isEqualTo(new Tools.Result(0, "E err\n", "progress\n"));
        assertThat(out).hasContent("out\n");

        CloudConfig piped = CloudConfig.empty()
                .output(OutputRedirection.to(OutputTarget.command("sed 's/^/O /'"))
                        .errorsTo(OutputTarget.command("sed 's/^/E /' >&2")))
                .shell("echo out; echo err >&2");
        assertThat(Tools.run(piped.renderScript(), "bash")).isEqualTo(new Tools.Result(0, "O out\n", "E err\n"));
    }

    @Test
    void progress_goesWhereWhoeverRunsTheScriptWantsIt() throws Exception {
        String script = CloudConfig.empty()
                .output(OutputRedirection.to(OutputTarget.command("cat >&2")).errorsTo(OutputTarget.command("cat >&2")))
                .shell("echo said >&\"$FOOTHOLD_PROGRESS_FD\"; echo hidden; echo hidden >&2")
                .renderScript();
        Path file = Files.writeString(directory.resolve("script"), script);

        assertThat(Tools.run("", "bash", "-c", "FOOTHOLD_PROGRESS_FD=3 bash \"$0\" 3>&1 2>/dev/null", file.toString()))
                .isEqualTo(new Tools.Result(0, "said\n", ""));
    }

    // ---- Packages, with a program in apt's place

    @Test
    @Tag("D-55")
    void packageManagerThatIsNeverReady_isGivenUp() throws Exception {
        Path calls = stub("apt-get", "exit 100");
        Path pauses = stub("sleep", "");
        CloudConfig config = CloudConfig.empty().packages("curl").run("echo", "never");

        Tools.Result result = runWithStubs(config);

        assertThat(result.exit()).isEqualTo(100);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr())
                .startsWith("Running apt-get update\napt-get update failed, attempt 1 of 5; trying again in 10 s\n")
                .endsWith("apt-get update failed 5 times; giving up\n");
        assertThat(Files.readAllLines(calls)).hasSize(5);
        assertThat(Files.readAllLines(pauses)).hasSize(4).containsOnly("10");
    }

    @Test
    void packageManagerThatIsBusyForAWhile_isAskedAgain() throws Exception {
        Path calls = stub("apt-get", "[ \"$(wc -l < \"$0.calls\")\" -ge 3 ] || exit 100");
        stub("sleep", "");

        assertThat(runWithStubs(CloudConfig.empty().updatePackages(true)).exit())
                .isZero();
        assertThat(Files.readAllLines(calls)).hasSize(3);
    }

    @Test
    void machineWithoutApt_isToldSo() throws Exception {
        Tools.Result result = Tools.run(
                Map.of("PATH", directory.toString()),
                CloudConfig.empty().packages("curl").renderScript(),
                "/bin/bash");

        assertThat(result.exit()).isEqualTo(127);
        assertThat(result.stderr()).contains("this machine has no apt-get, which is needed to update packages");
    }

    private Tools.Result runWithStubs(CloudConfig config) throws Exception {
        return Tools.run(Map.of("PATH", directory + ":" + System.getenv("PATH")), config.renderScript(), "bash");
    }

    /** Makes a program that notes its last argument and goes on like this; gives the file of notes. */
    private Path stub(String name, String script) throws Exception {
        Path file = Files.writeString(
                directory.resolve(name), "#!/bin/bash\necho \"${@: -1}\" >> \"$0.calls\"\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory.resolve(name + ".calls");
    }

    // ---- Files

    @Test
    void link_isFollowed_andADirectoryIsNotReplaced() throws Exception {
        Path target = Files.writeString(directory.resolve("target"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("target"));

        assertThat(Tools.run(CloudConfig.empty().file(link.toString(), "new").renderScript(), "bash"))
                .isEqualTo(new Tools.Result(0, "", ""));
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("new");

        Tools.Result refused =
                Tools.run(CloudConfig.empty().file(directory.toString(), "x").renderScript(), "bash");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.stderr()).isEqualTo("file " + directory + " cannot be written: it is a directory\n");
    }

    @Test
    void fileThatCannotBeGivenAway_isNotLeftHalfDone() throws Exception {
        Path file = directory.resolve("dir/file");

        Tools.Result result = Tools.run(
                CloudConfig.empty()
                        .file(FileToWrite.text(file.toString(), "x").owner("nobody-of-that-name"))
                        .renderScript(),
                "bash");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.stderr())
                .contains("nobody-of-that-name")
                .endsWith("file " + file + " could not be written\n");
        assertThat(file.getParent()).isEmptyDirectory();
    }
}
