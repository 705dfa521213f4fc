package dev.foothold.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.simulator.SshClients.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Needs what a private root file system needs: Linux and root. */
@EnabledOnOs(OS.LINUX)
class MachineTest {
    private SshClients ssh;
    private SimulatedCloud cloud;

    @BeforeEach
    void open() throws Exception {
        ssh = new SshClients();
        cloud = SimulatedCloud.builder().open();
    }

    @AfterEach
    void close() {
        ssh.close();
        cloud.close();
    }

    private RunRequest request(String... userData) {
        return RunRequest.of("small", "ubuntu-24.04").withUserData(ssh.userData(userData));
    }

    private CloudMachine launch(String... userData) throws Exception {
        return Eventually.up(cloud, cloud.runInstance(request(userData)));
    }

    private static void connect(CloudMachine machine) throws IOException {
        Address address = machine.addresses().get(0);
        new Socket(address.value(), address.port()).close();
    }

    @Test
    void answersWithTheInjectedHostKeyOnlyWhenUserDataIsThere() throws Exception {
        KeyPair hostKey = SshClients.newKey();
        String pem = SshClients.privateText(hostKey)
                .lines()
                .map(line -> "    " + line)
                .collect(Collectors.joining("\n"));

        CloudMachine machine = launch(
                "ssh_keys:\n  ed25519_private: |\n" + pem,
                "write_files:\n- {path: /var/lib/nonce, content: abc, permissions: '0600'}",
                "runcmd:\n- sleep 0.2\n- [touch, /var/lib/ran it]");
        Answer answer = ssh.run(machine, "cat /var/lib/nonce; ls /var/lib/ran*; stat -c %a /var/lib/nonce");

        assertThat(answer).isEqualTo(new Answer(0, "abc/var/lib/ran it\n600\n", "", null));
        assertThat(KeyUtils.compareKeys(ssh.seenHostKey.get(), hostKey.getPublic()))
                .isTrue();
    }

    @Test
    void hasAddressesWhileItStillBootsAndRefusesConnections() throws Exception {
        CloudMachine machine = cloud.runInstance(request("runcmd: [sleep 600]"));
        assertThat(machine.status()).isEqualTo(MachineStatus.PENDING);

        CloudMachine booting = cloud.get(machine.id());

        assertThat(booting.status()).isEqualTo(MachineStatus.RUNNING);
        assertThatThrownBy(() -> connect(booting)).isInstanceOf(ConnectException.class);
    }

    @Test
    void nothingEverAnswersOnThePrivateAddress() throws Exception {
        CloudMachine machine = launch();

        assertThatThrownBy(() -> new Socket(
                                machine.addresses().get(1).value(),
                                machine.addresses().get(1).port())
                        .close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void userDataIsAppliedInTheOrderOfACloudImage() throws Exception {
        CloudMachine machine = launch(
                "hostname: given",
                "bootcmd: [ 'echo boot >>/order' ]",
                "write_files:",
                "- {path: /order, content: \"deferred\\n\", append: true, defer: true}",
                "- {path: /order, content: \"file\\n\", append: true}",
                "- {path: /bin0, content: AAH/, encoding: b64}",
                "runcmd:",
                "- cd /var",
                "- echo run in $PWD >>/order",
                "- [sh, -c, 'echo \"$1\" >>/order', x, \"it's quoted\"]",
                "users:",
                "- default",
                "- {name: ops, ssh_authorized_keys: [" + ssh.authorizedKey() + "]}");

        assertThat(ssh.run(
                                machine,
                                "cat /order; hostname; cat /etc/hostname; od -An -tx1 /bin0; . /etc/os-release; "
                                        + "echo $ID $VERSION_ID")
                        .out())
                .isEqualTo("boot\nfile\ndeferred\nrun in /var\nit's quoted\ngiven\ngiven\n 00 01 ff\nubuntu 24.04\n");
        try (ClientSession session = ssh.connect(machine, "ops")) {
            assertThat(SshClients.run(session, "echo $USER $HOME; chown ops ~ops && id -un ops", "")
                            .out())
                    .isEqualTo("ops /home/ops\nops\n");
        }
    }

    @Test
    void userDataThatFailsIsInTheLogAndTheMachineBoots() throws Exception {
        CloudMachine machine = launch("runcmd: [ 'echo so far; exit 3' ]", "packages: [curl]");

        assertThat(ssh.run(machine, "cat /var/log/cloud-init-output.log").out())
                .contains("so far\n", "runcmd failed with status 3", "packages was ignored");
    }

    @Test
    void userDataThatIsNotCloudConfigIsIgnoredAndNobodyCanLogIn() throws Exception {
        CloudMachine machine = Eventually.up(
                cloud,
                cloud.runInstance(RunRequest.of("small", "ubuntu-24.04")
                        .withUserData("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8))));

        assertThatThrownBy(() -> ssh.connect(machine))
                .isInstanceOf(SshException.class)
                .hasMessageContaining("No more authentication methods available");
    }

    @Test
    void onlyTheUsersOfTheMachineCanLogIn() throws Exception {
        CloudMachine machine = launch();

        for (String user : List.of("root", "nobody", "../root")) {
            assertThatThrownBy(() -> ssh.connect(machine, user)).isInstanceOf(SshException.class);
        }
    }

    @Test
    void aKeyThatIsReplacedOnTheMachineIsTheKeyOfTheNextConnection() throws Exception {
        CloudMachine machine = launch();
        KeyPair rotated = SshClients.newKey();

        try (ClientSession session = ssh.connect(machine)) {
            SshClients.run(session, "cat >/etc/ssh/ssh_host_ed25519_key", SshClients.privateText(rotated));
        }
        ssh.connect(machine).close();

        assertThat(KeyUtils.compareKeys(ssh.seenHostKey.get(), rotated.getPublic()))
                .isTrue();
        ssh.run(machine, "rm ~/.ssh/authorized_keys");
        assertThatThrownBy(() -> ssh.connect(machine)).isInstanceOf(SshException.class);
    }

    @Test
    void commandsHaveStandardInputOutputErrorAndStatus() throws Exception {
        CloudMachine machine = launch();

        try (ClientSession session = ssh.connect(machine)) {
            assertThat(SshClients.run(session, "tr a-z A-Z; echo oops >&2; exit 7", "hello"))
                    .isEqualTo(new Answer(7, "HELLO", "oops\n", null));
            assertThat(SshClients.run(session, "kill -KILL $$", "").status()).isEqualTo(128 + 9);
            assertThat(SshClients.run(session, "env | grep -v ^SHLVL=", "")
                            .out()
                            .lines())
                    .containsExactlyInAnyOrder(
                            "HOME=/home/ubuntu",
                            "LANG=C.UTF-8",
                            "LOGNAME=ubuntu",
                            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                            "PWD=/home/ubuntu",
                            "SHELL=/bin/bash",
                            "USER=ubuntu",
                            "_=/usr/bin/env");
            String large = "x".repeat(3_000_000);
            assertThat(SshClients.run(session, "cat", large).out()).isEqualTo(large);
        }
    }

    @Test
    void sudoIsUnderstood() throws Exception {
        CloudMachine machine = launch();

        assertThat(ssh.run(machine, "sudo -n -E -u root FOO=bar sh -c 'echo $FOO'")
                        .out())
                .isEqualTo("bar\n");
    }

    @Test
    void aShellReadsCommandsFromItsInput() throws Exception {
        CloudMachine machine = launch();

        try (ClientSession session = ssh.connect(machine)) {
            assertThat(SshClients.shell(session, "echo one\necho two\nexit 4\n"))
                    .isEqualTo(new Answer(4, "one\ntwo\n", "", null));
        }
    }

    @Test
    void aCommandIsKilledWhenItsChannelCloses() throws Exception {
        CloudMachine machine = launch();

        try (ClientSession session = ssh.connect(machine);
                ChannelExec channel = session.createExecChannel("bash -c 'exec -a doomed sleep 1000'; :")) {
            channel.open().verify(Duration.ofSeconds(20));
            Eventually.isTrue(
                    "it runs", () -> ssh.run(machine, "pgrep -f ^doomed").status() == 0);
            channel.close(false);

            Eventually.isTrue(
                    "it was killed", () -> ssh.run(machine, "pgrep -f ^doomed").status() == 1);
        }
    }

    @Test
    void whatItWritesStaysInside() throws Exception {
        CloudMachine machine = launch();
        CloudMachine other = launch();

        assertThat(ssh.run(
                                machine,
                                "echo inside >/etc/only-inside; echo inside >/tmp/only-inside; cat /etc/only-inside")
                        .out())
                .isEqualTo("inside\n");
        assertThat(Path.of("/etc/only-inside")).doesNotExist();
        assertThat(Path.of("/tmp/only-inside")).doesNotExist();
        assertThat(ssh.run(other, "ls /etc/only-inside").status()).isEqualTo(2);
    }

    @Test
    void itsNamesAndProcessesAreItsOwn() throws Exception {
        CloudMachine machine = launch();
        CloudMachine other = launch();

        assertThat(ssh.run(machine, "hostname").out().strip()).isEqualTo(machine.id());
        assertThat(ssh.run(other, "hostname").out().strip()).isEqualTo(other.id());
        assertThat(ssh.run(machine, "cat /proc/sys/kernel/random/boot_id").out())
                .hasSize(37)
                .isNotEqualTo(
                        ssh.run(other, "cat /proc/sys/kernel/random/boot_id").out())
                .isNotEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")));
        ssh.run(machine, "nohup bash -c 'exec -a mine sleep 1000' >/dev/null 2>&1 &");
        assertThat(ssh.run(machine, "pgrep -f ^mine").status()).isZero();
        assertThat(ssh.run(other, "pgrep -f ^mine").status()).isEqualTo(1);
        assertThat(ssh.run(other, "kill -0 " + ProcessHandle.current().pid()).status())
                .isEqualTo(1);
        assertThat(ssh.run(other, "echo 1 >/proc/sys/vm/overcommit_memory").status())
                .isEqualTo(1);
    }

    @Test
    void aRebootKeepsFilesAndKeysAndEndsProcesses() throws Exception {
        CloudMachine machine = launch("write_files: [ {path: /count, content: x, append: true} ]");
        String before = ssh.run(
                        machine,
                        "nohup bash -c 'exec -a old sleep 1000' >/dev/null 2>&1 & touch /tmp/a /run/a /kept;"
                                + "cat /proc/sys/kernel/random/boot_id")
                .out();
        var hostKey = ssh.seenHostKey.get();

        cloud.reboot(machine.id());
        Eventually.isTrue("SSH is up again", () -> cloud.answersSsh(machine.id()));

        assertThat(ssh.run(machine, "pgrep -f ^old; ls /tmp/a /run/a /kept 2>/dev/null; cat /count")
                        .out())
                .isEqualTo("/kept\nx");
        assertThat(ssh.run(machine, "cat /proc/sys/kernel/random/boot_id").out())
                .isNotEqualTo(before);
        assertThat(KeyUtils.compareKeys(ssh.seenHostKey.get(), hostKey)).isTrue();
    }

    @Test
    void aRebootDropsConnectionsAndIsSilentForTheBootDelay() throws Exception {
        CloudMachine machine = launch();
        cloud.faults().inject(new Fault.SlowBoot(Duration.ofMinutes(10)));

        try (ClientSession session = ssh.connect(machine)) {
            cloud.reboot(machine.id());

            Eventually.isTrue("the connection is dropped", () -> !session.isOpen());
        }
        assertThatThrownBy(() -> connect(machine)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aMachineThatRefusesRunsAndRefuses() throws Exception {
        cloud.faults().inject(new Fault.Refuses());

        CloudMachine machine = cloud.get(cloud.runInstance(request()).id());

        assertThat(machine.status()).isEqualTo(MachineStatus.RUNNING);
        assertThatThrownBy(() -> connect(machine)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aMachineThatBootsSlowlyCanBeTerminatedMeanwhile() throws Exception {
        cloud.faults().inject(new Fault.SlowBoot(Duration.ofMinutes(10)));
        CloudMachine machine = cloud.runInstance(request());

        cloud.terminate(machine.id());

        assertThat(cloud.answersSsh(machine.id())).isFalse();
    }

    @Test
    void aMachineWhoseUserDataNeverEndsCanBeTerminated() throws Exception {
        CloudMachine machine = cloud.runInstance(request("runcmd: [\"bash -c 'exec -a endless sleep 1000'\"]"));
        Eventually.isTrue("user data runs", () -> count("endless") == 1);

        cloud.terminate(machine.id());

        assertThat(count("endless")).isZero();
    }

    private static long count(String name) {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    try {
                        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                                .startsWith(name + "\0");
                    } catch (IOException e) {
                        return false;
                    }
                })
                .count();
    }

    @Test
    void aHundredBootAtOnce() throws Exception {
        launch(); // the first one loads classes
        long heapBefore = usedHeap();
        long before = System.nanoTime();
        List<CloudMachine> machines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            machines.add(cloud.runInstance(request()));
        }
        for (CloudMachine machine : machines) {
            Eventually.up(cloud, machine);
        }
        System.out.printf(
                "100 machines at once: %d ms, %d KiB of heap for each%n",
                (System.nanoTime() - before) / 1_000_000, (usedHeap() - heapBefore) / 100 / 1024);

        assertThat(ssh.run(cloud.get(machines.get(99).id()), "hostname").out().strip())
                .isEqualTo(machines.get(99).id());
        before = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            launch();
        }
        System.out.printf("one machine after the other: %d ms for each%n", (System.nanoTime() - before) / 10_000_000);
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
