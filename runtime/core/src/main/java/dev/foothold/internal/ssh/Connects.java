package dev.foothold.internal.ssh;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * TCP connects that are under way at the same time. The first to be accepted wins and takes the selector along, as making
 * another costs half as much as a connection; closing this closes all others. Used by one thread, which does all the
 * waiting.
 *
 * @param <K> names a connect
 */
final class Connects<K> implements AutoCloseable {

    private final Selector selector;
    private final Map<K, SocketChannel> open = new HashMap<>();
    private @Nullable SocketChannel accepted;
    private boolean won;

    Connects() throws IOException {
        selector = Selector.open();
    }

    /** Begins a connect; throws what the kernel answers at once. */
    void begin(K name, SocketAddress target) throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean begun = false;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (channel.connect(target)) {
                accept(channel);
            } else {
                channel.register(selector, SelectionKey.OP_CONNECT, name);
                open.put(name, channel);
            }
            begun = true;
        } finally {
            if (!begun) {
                channel.close();
            }
        }
    }

    /** Ends a connect that has not been answered. */
    void giveUp(K name) throws IOException {
        SocketChannel channel = open.remove(name);
        if (channel != null) {
            channel.close();
        }
    }

    /** Waits for answers; tells about the connects that failed. */
    void await(long nanos, BiConsumer<K, IOException> failed) throws IOException, InterruptedException {
        // Rounded up: a selector counts in milliseconds, and zero would mean for ever.
        selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos + 999_999)));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        for (SelectionKey key : selector.selectedKeys()) {
            SocketChannel channel = (SocketChannel) key.channel();
            if (!key.isValid()) {
                continue;
            }
            @SuppressWarnings("unchecked")
            K name = (K) key.attachment();
            try {
                if (channel.finishConnect()) {
                    open.remove(name);
                    accept(channel);
                }
            } catch (IOException e) {
                open.remove(name);
                channel.close();
                failed.accept(name, e);
            }
        }
        selector.selectedKeys().clear();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** Hands over the connection that was accepted first, and ends all others; null if none was. */
    @Nullable
    TcpWire accepted() throws IOException {
        SocketChannel channel = accepted;
        if (channel == null) {
            return null;
        }
        accepted = null;
        for (SocketChannel other : open.values()) {
            other.close();
        }
        open.clear();
        won = true;
        return new TcpWire(channel, selector);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : open.values()) {
            channel.close();
        }
        if (accepted != null) {
            accepted.close();
        }
        if (!won) {
            // Only now are the descriptors of closed channels given back.
            selector.close();
        }
    }

    private void accept(SocketChannel channel) throws IOException {
        if (accepted == null) {
            accepted = channel;
        } else {
            channel.close();
        }
    }
}
