package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries one address again and again, and remembers what it answered last. */
final class AddressTrial {

    private static final String SHELL = "/bin/sh -s";
    private static final Duration NONCE_TIMEOUT = Duration.ofSeconds(15);
    // Servers lock out clients that knock too often once a connection has been accepted.
    private static final List<Duration> AFTER_FAILURE =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(5));

    private final MachineAddress address;
    private final SshConnector connector;
    private final HostSshOptions hosts;
    private final String script;
    private final WaitOptions options;
    private final OperationContext context;
    private final Supplier<Duration> remaining;
    private volatile String verdict;
    private volatile @Nullable FootholdException failure;
    private @Nullable Task<Object> task;
    private boolean ended;

    AddressTrial(
            MachineAddress address,
            SshConnector connector,
            HostSshOptions hosts,
            String script,
            WaitOptions options,
            OperationContext context,
            Supplier<Duration> remaining) {
        this.address = address;
        this.connector = connector;
        this.hosts = hosts;
        this.script = script;
        this.options = options;
        this.context = context;
        this.remaining = remaining;
        this.verdict = address.hostAndPort() + ": no answer yet";
    }

    Task<Object> startIn(Scope scope) {
        Task<Object> started = scope.fork("try " + address.hostAndPort(), this::run);
        task = started;
        return started;
    }

    MachineAddress address() {
        return address;
    }

    /** Gives the task while it goes on. */
    @Nullable
    Task<Object> task() {
        return ended ? null : task;
    }

    String verdict() {
        return verdict;
    }

    @Nullable
    FootholdException failure() {
        return failure;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Notes that the address is not tried any more. */
    void end(Throwable cause) {
        ended = true;
        failure = cause instanceof FootholdException known
                ? known
                : new FootholdException(address.hostAndPort() + ": " + cause, cause);
        verdict = String.valueOf(failure.getMessage());
    }

    private Object run() throws InterruptedException {
        int failures = 0;
        while (true) {
            Duration pause;
            try {
                return prove(connector.connect(address, hosts.forHost(address)));
            } catch (SshException e) {
                say(String.valueOf(e.getMessage()));
                failure = e;
                if (e.failure() == SshFailure.HOST_KEY_MISMATCH) {
                    throw e;
                }
                boolean pastTcp = e.failure() != SshFailure.REFUSED && e.failure() != SshFailure.TIMED_OUT;
                pause = pastTcp
                        ? AFTER_FAILURE.get(Math.min(failures++, AFTER_FAILURE.size() - 1))
                        : options.knockPause();
            }
            context.timeline().sleep(pause);
        }
    }

    private SshSession prove(SshSession session) throws InterruptedException {
        boolean proved = false;
        try {
            while (!proved) {
                OutputLines output = new OutputLines(line -> {});
                SshResult result = session.run(SshCommand.of(SHELL).reading(script), output, NONCE_TIMEOUT);
                output.end();
                proved = result.succeeded();
                if (!proved) {
                    String reason = String.join(" ", output.tail()).strip();
                    say(address.hostAndPort() + ": " + (reason.isEmpty() ? result.describe() : reason));
                    context.timeline().sleep(options.noncePause());
                }
            }
            return session;
        } finally {
            if (!proved) {
                session.close();
            }
        }
    }

    private void say(String words) {
        if (!words.equals(verdict)) {
            verdict = words;
            context.tell((at, origin) -> new Event.NotYet(at, origin, address, words, remaining.get()));
        }
    }
}
