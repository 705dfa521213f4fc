package dev.foothold.sample.manual;

import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A line to one machine: one connection, made when it is first needed and made anew when it broke, over which several
 * commands run at the same time. Thread-safe.
 */
final class MachineLine implements AutoCloseable {

    /** Fewer than a server runs over one connection. */
    private static final int AT_ONCE = 4;

    private static final int MOST_OUTPUT = 256 * 1024;

    private final Machine machine;
    private final SshConnector connector;
    private final SshOptions options;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final ReentrantLock lock = new ReentrantLock();
    private volatile int failures;
    private @Nullable SshException lastFailure;
    private @Nullable SshSession open;
    private boolean closed;

    MachineLine(Machine machine, SshConnector connector, SshOptions options) {
        this.machine = machine;
        this.connector = connector;
        this.options = options;
    }

    Machine machine() {
        return machine;
    }

    /**
     * What a command has said.
     *
     * @param result how it ended
     * @param output what it wrote to standard output
     * @param errors what it wrote to standard error
     */
    record Said(SshResult result, String output, String errors) {}

    /**
     * Runs a command. If the connection breaks, it is run once more over another one; so it has to be one that may run
     * twice.
     *
     * @throws UnansweredException if the machine cannot be asked, or has not ended the command in time
     */
    Said run(SshCommand command, Duration timeout) throws UnansweredException, InterruptedException {
        int before = failures;
        turns.acquire();
        try {
            SshSession earlier = earlier();
            if (earlier != null) {
                try {
                    return run(earlier, command, timeout);
                } catch (SshException e) {
                    forget(earlier);
                    if (e.failure() != SshFailure.CONNECTION_LOST) {
                        throw e;
                    }
                }
            }
            SshSession session = session(before);
            try {
                return run(session, command, timeout);
            } catch (SshException e) {
                forget(session);
                throw e;
            }
        } catch (SshException e) {
            throw new UnansweredException(machine, e);
        } finally {
            turns.release();
        }
    }

    private static Said run(SshSession session, SshCommand command, Duration timeout) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        SshResult result = session.run(
                command,
                (stream, bytes, length) -> {
                    ByteArrayOutputStream to = stream == SshOutput.Stream.OUT ? output : errors;
                    to.write(bytes, 0, Math.min(length, MOST_OUTPUT - to.size()));
                },
                timeout);
        return new Said(result, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private @Nullable SshSession earlier() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a connection. Who has waited while another one tried in vain does not try once more: each would wait for a dead
     * machine in turn.
     *
     * @param before how many had tried in vain when the caller came
     */
    private SshSession session(int before) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new IllegalStateException("the provider is closed");
            }
            SshSession session = open;
            if (session == null) {
                if (lastFailure != null && failures != before) {
                    throw lastFailure;
                }
                session = connect();
                open = session;
            }
            return session;
        } finally {
            lock.unlock();
        }
    }

    private SshSession connect() throws InterruptedException {
        try {
            return connector.connect(machine.address(), options);
        } catch (SshException e) {
            lastFailure = e;
            failures++;
            throw e;
        }
    }

    private void forget(SshSession broken) {
        lock.lock();
        try {
            if (open == broken) {
                open = null;
            }
        } finally {
            lock.unlock();
        }
        broken.close();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (open != null) {
                open.close();
                open = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
