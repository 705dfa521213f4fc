package dev.foothold.internal.ssh;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What sshj reads from: first the server's identification, then everything behind it.
 *
 * <p>sshj reads the identification byte by byte on the thread that connects, and all else in blocks on a thread of its
 * own. It hands out no reference to that thread; the first block read gives it away.
 */
final class ServerInput extends InputStream {

    private static final int BUFFER = 32 * 1024;

    private final InputStream in;
    private final CountDownLatch readerKnown = new CountDownLatch(1);
    private byte @Nullable [] greeting;
    private int handedOut;
    private volatile boolean identified;
    private volatile @Nullable Thread reader;

    ServerInput(InputStream in) {
        this.in = new BufferedInputStream(in, BUFFER);
    }

    @Override
    public int read() throws IOException {
        byte[] bytes = greeting;
        if (bytes == null) {
            bytes = Greeting.read(in);
            greeting = bytes;
        }
        if (handedOut == bytes.length) {
            return in.read();
        }
        int next = bytes[handedOut++] & 0xff;
        identified = handedOut == bytes.length;
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (reader == null) {
            reader = Thread.currentThread();
            readerKnown.countDown();
        }
        return in.read(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Gives sshj's reading thread, as soon as it is known; empty before the identification. */
    Optional<Thread> reader() {
        return Optional.ofNullable(reader);
    }

    /** Waits a moment for sshj's reading thread to show itself, if it was started. */
    void awaitReader() throws InterruptedException {
        if (identified) {
            readerKnown.await(1, TimeUnit.SECONDS);
        }
    }
}
