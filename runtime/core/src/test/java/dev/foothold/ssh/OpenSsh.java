package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** Runs the real {@code ssh-keygen}. Where it is missing, tests are skipped; not so if {@code CI} is {@code true}. */
final class OpenSsh {

    private OpenSsh() {}

    static void require() {
        Tools.require("ssh-keygen");
    }

    static Path writePrivate(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    static String keygen(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "ssh-keygen";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ssh-keygen ends").isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output.strip();
    }
}
