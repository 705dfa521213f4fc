package dev.foothold.ssh;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.helpers.AbstractConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * An SSH server inside the test, on a free port of the loopback interface. It lets one key in, and knows a few
 * commands of its own: {@code exit N}, {@code signal NAME}, {@code vanish} (ends without a status), {@code hang},
 * {@code cat}, {@code flood N} (N bytes to standard output and as many to standard error, then counts its input),
 * {@code eof} (ends its output long before it exits) and {@code say OUT ERR}.
 */
public final class TestSshServer implements AutoCloseable {

    /** The key pair that is let in. */
    public static final SshKeyPair USER = SshKeyPair.generate("user@test");

    private final SshServer server = SshServer.setUpDefaultServer();
    private final AtomicInteger running = new AtomicInteger();
    private final SshPublicKey hostKey;

    private TestSshServer(List<KeyPair> hostKeys, SshPublicKey hostKey) {
        this.hostKey = hostKey;
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKeys));
        server.setPublickeyAuthenticator((user, key, session) -> {
            KeyPair expected = load(USER);
            return user.equals("ubuntu") && KeyUtils.compareKeys(expected.getPublic(), key);
        });
        server.setCommandFactory((channel, line) -> new ScriptedCommand(line));
    }

    /** Starts a server with an Ed25519 host key of its own. */
    public static TestSshServer start() throws IOException {
        return start(server -> {});
    }

    /** Starts a server that was changed first. */
    public static TestSshServer start(Consumer<SshServer> change) throws IOException {
        SshKeyPair pair = SshKeyPair.generate("host@test");
        return start(load(pair), pair.publicKey(), change);
    }

    /** Starts a server with the given host key. */
    public static TestSshServer start(KeyPair pair, SshPublicKey hostKey, Consumer<SshServer> change)
            throws IOException {
        TestSshServer test = new TestSshServer(List.of(pair), hostKey);
        change.accept(test.server);
        test.server.start();
        return test;
    }

    /** Says where the server listens. */
    public MachineAddress address() {
        return new MachineAddress("127.0.0.1", AddressScope.MACHINE_LOCAL, server.getPort());
    }

    /** Gives the public half of the host key. */
    public SshPublicKey hostKey() {
        return hostKey;
    }

    /** Gives options that log in to this server. */
    public SshOptions options() {
        return SshOptions.defaults()
                .withIdentity(USER)
                .trusting(List.of(hostKey))
                .withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    /** Counts the commands that run. */
    public int runningCommands() {
        return running.get();
    }

    /** Counts the clients that are connected. */
    public int connections() {
        return server.getActiveSessions().size();
    }

    /** Counts the channels that are open, over all connections. */
    public int openChannels() {
        return server.getActiveSessions().stream()
                .map(session -> session.getService(AbstractConnectionService.class))
                .mapToInt(service -> service.getChannels().size())
                .sum();
    }

    /** Cuts all connections without a word. */
    public void cutConnections() {
        server.getActiveSessions().forEach(session -> session.getIoSession().close(true));
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private static KeyPair load(SshKeyPair pair) {
        try (InputStream text = new ByteArrayInputStream(pair.privateKeyText().getBytes(StandardCharsets.UTF_8))) {
            return SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName("test"), text, null)
                    .iterator()
                    .next();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class ScriptedCommand implements Command {

        private final String[] words;
        private InputStream in = InputStream.nullInputStream();
        private OutputStream out = OutputStream.nullOutputStream();
        private OutputStream err = OutputStream.nullOutputStream();
        private ExitCallback exit = (status, message, now) -> {};
        private Thread thread = new Thread(() -> {});

        ScriptedCommand(String line) {
            words = line.split(" ");
        }

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            thread = new Thread(() -> perform(channel), "scripted-command");
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void destroy(ChannelSession channel) {
            thread.interrupt();
        }

        private void perform(ChannelSession channel) {
            running.incrementAndGet();
            try {
                obey(channel);
            } catch (IOException | InterruptedException e) {
                exit.onExit(255, String.valueOf(e.getMessage()));
            } finally {
                running.decrementAndGet();
            }
        }

        private void obey(ChannelSession channel) throws IOException, InterruptedException {
            switch (words[0]) {
                case "exit" -> exit.onExit(Integer.parseInt(words[1]));
                case "say" -> {
                    out.write(words[1].getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    err.write(words[2].getBytes(StandardCharsets.UTF_8));
                    err.flush();
                    exit.onExit(0);
                }
                case "cat" -> {
                    in.transferTo(out);
                    out.flush();
                    exit.onExit(0);
                }
                case "flood" -> {
                    byte[] block = new byte[Integer.parseInt(words[1])];
                    out.write(block);
                    out.flush();
                    err.write(block);
                    err.flush();
                    long count = in.transferTo(OutputStream.nullOutputStream());
                    out.write((" read " + count).getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    exit.onExit(0);
                }
                case "signal" -> {
                    Buffer packet = request(channel, "exit-signal");
                    packet.putString(words[1]);
                    packet.putBoolean(false);
                    packet.putString("");
                    packet.putString("");
                    channel.writePacket(packet);
                    channel.close(false);
                }
                case "vanish" -> channel.close(false);
                case "eof" -> {
                    Buffer packet = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_EOF, 16);
                    packet.putUInt(channel.getRecipient());
                    channel.writePacket(packet);
                    Thread.sleep(300);
                    exit.onExit(7);
                }
                case "hang" -> Thread.sleep(Duration.ofHours(1).toMillis());
                default -> exit.onExit(127, "unknown command");
            }
        }

        private Buffer request(ChannelSession channel, String type) {
            Buffer packet = channel.getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST, 128);
            packet.putUInt(channel.getRecipient());
            packet.putString(type);
            packet.putBoolean(false);
            return packet;
        }
    }
}
