package dev.foothold.internal.ssh;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/**
 * Logs in with one key (RFC 4252, section 7): asks whether the server wants it, and signs only then.
 *
 * <p>sshj's own method wants the private key in its hands, which an agent never gives, and takes the algorithms for the
 * client's keys from the list for the host's.
 */
final class KeyLogin extends AbstractAuthMethod {

    private final Signer signer;
    private final Queue<String> algorithms;

    KeyLogin(Signer signer) {
        super("publickey");
        this.signer = signer;
        this.algorithms = new ArrayDeque<>(signer.algorithms());
    }

    @Override
    protected SSHPacket buildReq() throws UserAuthException {
        return describe(false);
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws UserAuthException, TransportException {
        if (message != Message.USERAUTH_60) {
            super.handle(message, packet);
            return;
        }
        SSHPacket request = describe(true);
        byte[] signed = new Buffer.PlainBuffer()
                .putString(params.getTransport().getSessionID())
                .putBuffer(request)
                .getCompactData();
        try {
            request.putString(signer.sign(algorithms.element(), signed));
        } catch (IOException e) {
            throw new UserAuthException(String.valueOf(e.getMessage()), e);
        }
        params.getTransport().write(request);
    }

    @Override
    public boolean shouldRetry() {
        algorithms.poll();
        return !algorithms.isEmpty();
    }

    private SSHPacket describe(boolean signed) throws UserAuthException {
        return super.buildReq()
                .putBoolean(signed)
                .putString(algorithms.element())
                .putString(signer.key().blob());
    }
}
