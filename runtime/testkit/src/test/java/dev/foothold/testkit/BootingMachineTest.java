package dev.foothold.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.simulator.RunRequest;
import dev.foothold.simulator.SimulatedCloud;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Machines that answer SSH, for authors' tests. */
@Timeout(60)
class BootingMachineTest {

    @RegisterExtension
    static final SimulatedMachines MACHINES = SimulatedMachines.inZones("a");

    @Test
    void aTestIsGivenTheCloudAsAParameter_andItsMachinesAnswer(SimulatedCloud cloud) throws Exception {
        String id = cloud.runInstance(RunRequest.of("small", "ubuntu-24.04")
                        .withUserData("#cloud-config\n{}\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .id();
        while (!cloud.answersSsh(id)) {
            Thread.sleep(Duration.ofMillis(10).toMillis());
        }
        assertThat(cloud.get(id).addresses()).isNotEmpty();
    }

    @Nested
    class WithinAClass {
        @Test
        void theCloudOfTheOuterClassIsStillThere(SimulatedCloud cloud) {
            assertThat(cloud).isSameAs(MACHINES.cloud());
        }
    }
}
