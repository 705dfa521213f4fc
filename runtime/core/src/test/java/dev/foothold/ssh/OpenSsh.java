package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
        boolean installed = isInstalled();
        if (!installed) {
            System.out.println("skipped: ssh-keygen is not installed");
        }
        assertThat(installed || !"true".equals(System.getenv("CI")))
                .as("ssh-keygen must be installed where CI=true")
                .isTrue();
        assumeTrue(installed, "ssh-keygen is not installed");
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

    private static boolean isInstalled() {
        try {
            Process process = new ProcessBuilder("ssh-keygen", "-?")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
