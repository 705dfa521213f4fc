package dev.foothold.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.simulator.machine.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class LeakTest {
    /** What a cloud might leave on its host. */
    private record Traces(Set<Long> processes, Set<String> mounts, Set<String> threads, Set<Path> files) {
        static Traces now() throws IOException {
            try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                return new Traces(
                        ProcessHandle.current()
                                .descendants()
                                .map(ProcessHandle::pid)
                                .collect(Collectors.toSet()),
                        new HashSet<>(Files.readAllLines(Path.of("/proc/mounts"))),
                        Thread.getAllStackTraces().keySet().stream()
                                .filter(Thread::isAlive)
                                .map(Thread::getName)
                                // The JDK's own: it outlives every process that this JVM starts by a minute.
                                .filter(name -> !name.startsWith("process reaper"))
                                .collect(Collectors.toSet()),
                        files.filter(file -> file.getFileName().toString().startsWith("foothold-machine-"))
                                .collect(Collectors.toSet()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void aClosedCloudLeavesNothing(Isolation isolation) throws Exception {
        Traces before = Traces.now();
        try (SimulatedCloud cloud =
                        SimulatedCloud.builder().isolation(isolation).open();
                SshClients ssh = new SshClients()) {
            RunRequest request = RunRequest.of("small", "debian-12")
                    .withUserData(ssh.userData("runcmd: ['nohup setsid sleep 1000 >/dev/null 2>&1 &']"));
            CloudMachine kept = Eventually.up(cloud, cloud.runInstance(request));
            CloudMachine ended = Eventually.up(cloud, cloud.runInstance(request));
            cloud.runInstance(request);
            ssh.run(kept, "touch $TMPDIR/file; nohup setsid sleep 1000 >/dev/null 2>&1 &");
            assertThat(Traces.now()).isNotEqualTo(before);
            cloud.terminate(ended.id());
        }
        Eventually.holds(() -> assertThat(Traces.now()).isEqualTo(before));
    }
}
