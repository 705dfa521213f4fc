package dev.foothold.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.simulator.machine.Isolation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What machines are where there is no root. */
@DisabledOnOs(OS.WINDOWS)
class DirectoryMachineTest {
    private SshClients ssh;
    private SimulatedCloud cloud;

    @BeforeEach
    void open() throws Exception {
        ssh = new SshClients();
        cloud = SimulatedCloud.builder().isolation(Isolation.DIRECTORY).open();
    }

    @AfterEach
    void close() {
        ssh.close();
        cloud.close();
    }

    private CloudMachine launch(String... userData) throws Exception {
        return Eventually.up(
                cloud, cloud.runInstance(RunRequest.of("small", "ubuntu-24.04").withUserData(ssh.userData(userData))));
    }

    @Test
    void absolutePathsOfUserDataAreBelowTheMachinesDirectory() throws Exception {
        CloudMachine machine = launch(
                "write_files: [ {path: /etc/only-inside, content: inside} ]", "runcmd: [ 'pwd >$MACHINE_ROOT/ran' ]");

        String root = ssh.run(machine, "echo $MACHINE_ROOT").out().strip();
        assertThat(Path.of(root, "etc/only-inside")).hasContent("inside");
        assertThat(Path.of(root, "ran")).hasContent(root + "\n");
        assertThat(Path.of("/etc/only-inside")).doesNotExist();
        assertThat(ssh.run(machine, "echo $HOME $TMPDIR $PWD").out())
                .isEqualTo(root + " " + root + "/tmp " + root + "\n");
        cloud.terminate(machine.id());
        assertThat(Path.of(root)).doesNotExist();
    }

    @Test
    void sudoPassesThrough() throws Exception {
        assertThat(ssh.run(launch(), "sudo -n -H FOO=bar sh -c 'echo $FOO'").out())
                .isEqualTo("bar\n");
    }

    @Test
    void aRebootKeepsFilesAndEndsProcesses() throws Exception {
        CloudMachine machine = launch();
        ssh.run(machine, "nohup setsid sleep 1000 >/dev/null 2>&1 & echo $! >pid; touch $TMPDIR/gone");
        long pid = Long.parseLong(ssh.run(machine, "cat pid").out().strip());

        cloud.reboot(machine.id());
        Eventually.isTrue("SSH is up again", () -> cloud.answersSsh(machine.id()));

        assertThat(ssh.run(machine, "ls pid; ls $TMPDIR").out()).isEqualTo("pid\n");
        Eventually.isTrue("the process is gone", () -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void machinesDoNotShareTheirDirectories() throws Exception {
        CloudMachine one = launch();
        CloudMachine other = launch();
        ssh.run(one, "touch mine");

        assertThat(ssh.run(other, "ls").out()).contains("home").doesNotContain("mine");
    }
}
