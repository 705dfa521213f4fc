package dev.foothold.sample.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineScriptTest {

    private static final Path SHELLCHECK = Path.of("/usr/bin/shellcheck");

    @TempDir
    Path directory;

    @Test
    void whatRunsOnMachinesHasNothingThatShellcheckObjectsTo() throws Exception {
        boolean there = Files.isExecutable(SHELLCHECK);
        if (!there) {
            System.out.println("skipped: shellcheck is not installed");
        }
        assertThat(there || !"true".equals(System.getenv("CI")))
                .as("where CI=true there must be shellcheck")
                .isTrue();
        assumeTrue(there, "shellcheck is not installed");
        Path script = directory.resolve("machine.sh");
        try (var in = Claims.class.getResourceAsStream("machine.sh")) {
            Files.copy(in, script);
        }

        Process check = new ProcessBuilder(SHELLCHECK.toString(), script.toString())
                .redirectErrorStream(true)
                .start();

        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }
}
