package dev.foothold.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelSession;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;

/** Real SSH clients that hold one login key. */
final class SshClients implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);

    static {
        // A cloud teaches the SSH library the JDK's Ed25519, which a client asks for when it is made.
        SimulatedCloud.builder().open().close();
    }

    private final SshClient client = SshClient.setUpDefaultClient();
    private final KeyPair login;
    final AtomicReference<PublicKey> seenHostKey = new AtomicReference<>();

    record Answer(Integer status, String out, String err, String signal) {}

    SshClients() throws Exception {
        login = newKey();
        client.setServerKeyVerifier((session, address, key) -> {
            seenHostKey.set(key);
            return true;
        });
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        client.start();
    }

    static KeyPair newKey() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    static String privateText(KeyPair key) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new OpenSSHKeyPairResourceWriter().writePrivateKey(key, "", null, out);
        return out.toString(StandardCharsets.US_ASCII);
    }

    String authorizedKey() {
        return PublicKeyEntry.toString(login.getPublic());
    }

    /** User data that lets this client in, followed by more of it. */
    byte[] userData(String... more) {
        return ("#cloud-config\nssh_authorized_keys:\n- " + authorizedKey() + "\n" + String.join("\n", more) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    ClientSession connect(CloudMachine machine) throws IOException {
        return connect(machine, "ubuntu");
    }

    ClientSession connect(CloudMachine machine, String user) throws IOException {
        Address address = machine.addresses().get(0);
        ClientSession session = client.connect(user, address.value(), address.port())
                .verify(SOON)
                .getSession();
        try {
            session.addPublicKeyIdentity(login);
            session.auth().verify(SOON);
            return session;
        } catch (IOException e) {
            session.close(true);
            throw e;
        }
    }

    Answer run(CloudMachine machine, String command) throws IOException {
        try (ClientSession session = connect(machine)) {
            return run(session, command, "");
        }
    }

    static Answer run(ClientSession session, String command, String input) throws IOException {
        return converse(session.createExecChannel(command), input);
    }

    static Answer shell(ClientSession session, String input) throws IOException {
        ChannelShell shell = session.createShellChannel();
        shell.setUsePty(false);
        return converse(shell, input);
    }

    private static Answer converse(ChannelSession channel, String input) throws IOException {
        try (channel) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            channel.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(SOON);
            var events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SOON);
            assertThat(events).as("events").contains(ClientChannelEvent.CLOSED);
            return new Answer(
                    channel.getExitStatus(),
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8),
                    channel.getExitSignal());
        }
    }

    static void signal(ChannelSession channel, String name) throws IOException {
        Buffer request = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
        request.putUInt(channel.getRecipient());
        request.putString("signal");
        request.putBoolean(false);
        request.putString(name);
        channel.writePacket(request);
    }

    @Override
    public void close() {
        client.stop();
    }
}
