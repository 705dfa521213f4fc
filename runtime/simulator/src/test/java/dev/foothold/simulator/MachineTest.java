package dev.foothold.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.simulator.SshClients.Answer;
import java.security.KeyPair;
import java.util.stream.Collectors;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    private CloudMachine launch(String... userData) throws Exception {
        return Eventually.up(
                cloud, cloud.runInstance(RunRequest.of("small", "ubuntu-24.04").withUserData(ssh.userData(userData))));
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
    void commandsHaveStandardInputOutputErrorAndStatus() throws Exception {
        CloudMachine machine = launch();

        try (ClientSession session = ssh.connect(machine)) {
            assertThat(SshClients.run(session, "tr a-z A-Z; echo oops >&2; exit 7", "hello"))
                    .isEqualTo(new Answer(7, "HELLO", "oops\n", null));
            assertThat(SshClients.run(session, "echo $HOME $USER $PWD; sudo -n FOO=bar sh -c 'echo $FOO'", "")
                            .out())
                    .isEqualTo("/home/ubuntu ubuntu /home/ubuntu\nbar\n");
        }
    }
}
