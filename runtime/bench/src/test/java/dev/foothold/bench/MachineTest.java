package dev.foothold.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatProcessorsDidForAProcessIsCountedWhenItHasEnded() throws Exception {
        double before = Machine.secondsOfChildren();

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(java.waitFor()).isZero();

        assertThat(Machine.secondsOfChildren()).isGreaterThan(before);
    }

    @Test
    void theProcessorHasAName() {
        assertThat(Machine.cpu()).isNotBlank();
    }
}
