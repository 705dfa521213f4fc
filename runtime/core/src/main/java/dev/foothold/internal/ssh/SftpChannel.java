package dev.foothold.internal.ssh;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.channel.direct.SessionChannel;
import net.schmizz.sshj.connection.channel.direct.SessionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A channel for sshj's SFTP client. Its user waits here until the server takes more; sshj's stream would wait with a lock
 * that keeps the reader from telling that the connection is gone.
 */
final class SftpChannel extends SessionChannel implements SessionFactory {

    /** How often to look whether the connection still lives; a safety net, not the way it is told. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Link link;

    SftpChannel(Link link) {
        super(link.connection(), StandardCharsets.UTF_8);
        this.link = link;
    }

    /** Waits until a request of some bytes can be sent at once, or never again. */
    synchronized void awaitRoom(int bytes) throws InterruptedException {
        while (rwin.getSize() < bytes && isOpen() && link.isAlive()) {
            wait(LOOK.toMillis());
        }
    }

    @Override
    public SftpChannel startSession() {
        return this;
    }

    @Override
    public @Nullable InetSocketAddress getRemoteSocketAddress() {
        return null;
    }

    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        super.handle(message, packet);
        synchronized (this) {
            notifyAll();
        }
    }
}
