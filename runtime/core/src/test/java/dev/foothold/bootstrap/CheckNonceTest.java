package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.ssh.SshResult;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The question for the nonce, asked of real shells, and what its answers mean. */
@EnabledOnOs(OS.LINUX)
class CheckNonceTest {

    @TempDir
    Path directory;

    @TestFactory
    @Tag("D-14")
    Stream<DynamicTest> answers() {
        return Vectors.file("check_nonce").tests(this::check);
    }

    @TestFactory
    @Tag("D-6")
    Stream<DynamicTest> reasons() {
        return Vectors.file("ssh_attempt_error").tests(CheckNonceTest::checkReason);
    }

    private void check(VectorCase vector) throws Exception {
        Path data = directory
                .resolve(vector.name())
                .resolve(Path.of(vector.get("data_dir").asText()).getFileName());
        Files.createDirectories(data);
        Path file = Path.of(CheckNonce.file(data.toString()));
        place(vector.get("file"), file);
        String output = vector.expect("output").asText().replace("<noncefile>", file.toString());

        for (String shell : List.of("/bin/sh", "/bin/bash")) {
            Answer answer = ask(shell, data.toString(), vector.get("nonce").asText());
            assertThat(answer.status()).isEqualTo(vector.expect("exit").asInt());
            assertThat(answer.said()).isEqualTo(output);
            assertThat(answer.verdict()).isEqualTo(verdictOf(output));
        }
    }

    private static Verdict verdictOf(String output) {
        if (output.isEmpty()) {
            return Verdict.PROVED;
        }
        return output.contains("does not exist") ? Verdict.NONCE_ABSENT : Verdict.NONCE_WRONG;
    }

    private static void place(JsonNode what, Path file) throws IOException {
        switch (what.path("kind").asText()) {
            case "file" -> Files.writeString(file, what.path("content").asText());
            case "directory" -> Files.createDirectory(file);
            case "dangling symlink" -> Files.createSymbolicLink(file, Path.of("nowhere"));
            case "absent" -> assertThat(file).doesNotExist();
            default -> throw new AssertionError("unknown kind of file: " + what);
        }
    }

    private static void checkReason(VectorCase vector) {
        SshResult result = new SshResult(vector.get("exit").asInt(), "");
        String said = vector.get("output").asText();
        JsonNode expected = vector.expect("error");

        if (expected.isNull()) {
            assertThat(CheckNonce.verdict(result, said)).isEqualTo(Verdict.PROVED);
        } else {
            assertThat(CheckNonce.verdict(result, said.strip())).isNotEqualTo(Verdict.PROVED);
            assertThat(CheckNonce.reason(result, said))
                    .isEqualTo(expected.asText().replace("subprocess encountered error code", "exit status"));
        }
    }

    @Test
    @Tag("D-14")
    void aFileThatCannotBeReadIsNotAnEmptyOne() throws Exception {
        // Even root gets an error from reading this.
        Path link = Files.createSymbolicLink(directory.resolve("nonce.txt"), Path.of("/proc/self/mem"));

        Answer answer = ask("/bin/sh", directory.toString(), "");
        Files.delete(link);

        assertThat(answer).isEqualTo(new Answer(1, directory + "/nonce.txt cannot be read"));
        assertThat(answer.verdict()).isEqualTo(Verdict.COMMAND_FAILED);
    }

    @Test
    @Tag("D-14")
    void namesAndNoncesAreOnlyText() throws Exception {
        Path data = Files.createDirectory(directory.resolve("it's $(touch x) \"here\" `id`"));
        String nonce = "$HOME 'quoted' \"$(id)\" \\ *";
        Files.writeString(data.resolve("nonce.txt"), nonce + "\n");

        assertThat(ask("/bin/sh", data.toString(), nonce)).isEqualTo(new Answer(0, ""));
        assertThat(ask("/bin/sh", data.toString(), nonce + "x").verdict()).isEqualTo(Verdict.NONCE_WRONG);
    }

    private record Answer(int status, String said) {
        Verdict verdict() {
            return CheckNonce.verdict(new SshResult(status, ""), said);
        }
    }

    private static Answer ask(String shell, String data, String nonce) throws Exception {
        Process process =
                new ProcessBuilder(shell, "-s").redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(CheckNonce.script(data, nonce).getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), said.stripTrailing());
    }
}
