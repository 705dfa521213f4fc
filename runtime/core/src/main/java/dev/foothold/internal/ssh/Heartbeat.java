package dev.foothold.internal.ssh;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import net.schmizz.concurrent.Promise;
import net.schmizz.keepalive.KeepAlive;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.ConnectionImpl;
import net.schmizz.sshj.transport.TransportException;

/**
 * Asks a server from time to time whether it is still there, and breaks the connection off when it is not.
 *
 * <p>It asks as soon as it is started, which is after the first silence. It asks what has to be answered: such
 * questions wait for the end of a key exchange. What needs no answer would be sent in the middle of it by sshj, which
 * servers take for an attack.
 */
final class Heartbeat extends KeepAlive {

    static final KeepAliveProvider PROVIDER = new KeepAliveProvider() {
        @Override
        public KeepAlive provide(ConnectionImpl connection) {
            return new Heartbeat(connection);
        }
    };

    /** How many questions may be left without an answer. */
    private static final int UNANSWERED = 3;

    private final Queue<Promise<SSHPacket, ConnectionException>> answers = new ArrayDeque<>();

    private Heartbeat(ConnectionImpl connection) {
        super(connection, "foothold-ssh-keep-alive");
    }

    @Override
    public void run() {
        try {
            while (true) {
                doKeepAlive();
                TimeUnit.SECONDS.sleep(getKeepAliveInterval());
            }
        } catch (InterruptedException e) {
            // The connection is closed.
        } catch (TransportException | ConnectionException e) {
            if (!isInterrupted()) {
                conn.getTransport().die(e);
            }
        }
    }

    @Override
    protected void doKeepAlive() throws TransportException, ConnectionException {
        answers.removeIf(Promise::isFulfilled);
        if (answers.size() >= UNANSWERED) {
            throw new ConnectionException(
                    DisconnectReason.CONNECTION_LOST,
                    "the server has not answered for " + UNANSWERED * getKeepAliveInterval() + " s");
        }
        answers.add(conn.sendGlobalRequest("keepalive@openssh.com", true, new byte[0]));
    }
}
