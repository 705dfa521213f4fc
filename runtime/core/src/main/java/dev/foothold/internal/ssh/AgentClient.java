package dev.foothold.internal.ssh;

import dev.foothold.internal.key.WireReader;
import dev.foothold.internal.key.WireWriter;
import dev.foothold.ssh.SshAgent;
import dev.foothold.ssh.SshPublicKey;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to an SSH agent over its Unix-domain socket. Each question has a connection of its own, so nothing stays open
 * at an agent that is slow to ask its user; an interrupt ends the wait.
 */
final class AgentClient {

    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;
    private static final int RSA_SHA256 = 2;
    private static final int RSA_SHA512 = 4;
    private static final int LONGEST_ANSWER = 1024 * 1024;

    private final SshAgent agent;

    AgentClient(SshAgent agent) {
        this.agent = agent;
    }

    /** Lists the agent's keys that are of an algorithm we know, or the one that was chosen. */
    List<Signer> signers() throws IOException {
        WireReader answer = ask(new WireWriter().raw(new byte[] {REQUEST_IDENTITIES}), IDENTITIES_ANSWER);
        List<Signer> signers = new ArrayList<>();
        try {
            for (int left = answer.number(); left > 0; left--) {
                byte[] blob = answer.string();
                String comment = answer.text().replaceAll("\\p{Cntrl}", "?");
                addIfKnown(blob, comment, signers);
            }
        } catch (IllegalArgumentException e) {
            throw failed("its answer is malformed", e);
        }
        if (signers.isEmpty()) {
            throw failed(
                    agent.only() == null
                            ? "it has no keys; ssh-add adds one"
                            : "it does not have the key " + agent.only(),
                    null);
        }
        return signers;
    }

    private void addIfKnown(byte[] blob, String comment, List<Signer> signers) {
        SshPublicKey key;
        try {
            key = SshPublicKey.of(blob, comment);
        } catch (IllegalArgumentException e) {
            // Certificates, and kinds of keys that are not accepted anyway.
            return;
        }
        if (agent.only() == null || key.equals(agent.only())) {
            signers.add(new AgentSigner(key));
        }
    }

    private final class AgentSigner implements Signer {

        private final SshPublicKey key;

        AgentSigner(SshPublicKey key) {
            this.key = key;
        }

        @Override
        public SshPublicKey key() {
            return key;
        }

        @Override
        public byte[] sign(String algorithm, byte[] data) throws IOException {
            int flags = switch (algorithm) {
                case "rsa-sha2-256" -> RSA_SHA256;
                case "rsa-sha2-512" -> RSA_SHA512;
                default -> 0;
            };
            WireReader answer = ask(
                    new WireWriter()
                            .raw(new byte[] {SIGN_REQUEST})
                            .string(key.blob())
                            .string(data)
                            .number(flags),
                    SIGN_RESPONSE);
            try {
                return answer.string();
            } catch (IllegalArgumentException e) {
                throw failed("its signature is malformed", e);
            }
        }
    }

    private WireReader ask(WireWriter question, int expected) throws IOException {
        byte[] answer;
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(agent.socket()))) {
            ByteBuffer out =
                    ByteBuffer.wrap(new WireWriter().string(question.toBytes()).toBytes());
            while (out.hasRemaining()) {
                channel.write(out);
            }
            int length = read(channel, Integer.BYTES).getInt();
            if (length < 1 || length > LONGEST_ANSWER) {
                throw failed("its answer is malformed", null);
            }
            answer = read(channel, length).array();
        } catch (ClosedByInterruptException | AgentException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw failed("it cannot be asked: " + Step.reason(e), e);
        }
        if (answer[0] != expected) {
            throw failed(expected == SIGN_RESPONSE ? "it refused to sign" : "it refused to list its keys", null);
        }
        WireReader reader = new WireReader("the answer of the SSH agent", answer);
        reader.raw(1);
        return reader;
    }

    private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new IOException("it closed the connection");
            }
        }
        return in.flip();
    }

    private AgentException failed(String problem, @Nullable Throwable cause) {
        return new AgentException("the SSH agent at " + agent.socket() + ": " + problem, cause);
    }

    /** Tells that the agent is of no help. */
    static final class AgentException extends IOException {

        private static final long serialVersionUID = 1L;

        AgentException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
