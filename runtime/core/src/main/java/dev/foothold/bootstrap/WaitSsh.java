package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshSession;
import dev.foothold.time.DurationText;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a machine that is being born can be logged in to and has proved that it is the one.
 *
 * <p>All its addresses are tried at the same time, and read again meanwhile; the first to prove itself wins, the others
 * are stopped and waited for. Thread-safe.
 */
public final class WaitSsh {

    // Reading the addresses may be expensive, so it never takes more than a fifth of the time.
    private static final int REFRESH_REST = 4;

    private final SshConnector connector;

    /**
     * Creates a waiter.
     *
     * @param connector opens the connections
     */
    public WaitSsh(SshConnector connector) {
        this.connector = Objects.requireNonNull(connector, "connector");
    }

    /**
     * Waits for a machine.
     *
     * @param instance what is known about it now
     * @param refresher asks again; a failure is tried again until the time is over
     * @param hosts as whom to log in, and which host keys to accept
     * @param script asks the machine for its proof, see {@link CheckNonce}
     * @param options how patiently to wait
     * @param context is told what happens
     * @return a session to the address that won; the caller closes it
     * @throws WaitTimeoutException if the time was over; it says what each address answered last
     * @throws BootstrapException if the cloud says that the machine failed, or if every address showed another
     *     machine's host key
     * @throws InterruptedException if the caller was interrupted; nothing is left open
     */
    public SshSession await(
            Instance instance,
            InstanceRefresher refresher,
            HostSshOptions hosts,
            String script,
            WaitOptions options,
            OperationContext context)
            throws InterruptedException {
        Wait wait = new Wait(instance, refresher, hosts, script, options, context);
        @Nullable SshSession winner = null;
        try (Scope scope = context.timeline().open("wait for " + instance.id(), options.timeout())) {
            winner = wait.run(scope);
            return winner;
        } finally {
            // The scope is closed by now, so nobody opens sessions any more.
            wait.closeAllBut(winner);
        }
    }

    /** One wait: the addresses known so far and what they answered. */
    private final class Wait {

        private final Instance first;
        private final InstanceRefresher refresher;
        private final HostSshOptions hosts;
        private final String script;
        private final WaitOptions options;
        private final OperationContext context;
        private final Instant start;
        private final Map<String, AddressTrial> trials = new LinkedHashMap<>();
        private final Map<String, AddressTrial> dropped = new LinkedHashMap<>();
        private final List<Task<Object>> everStarted = new ArrayList<>();
        private Duration nextRefresh;
        private @Nullable FootholdException refreshFailure;

        Wait(
                Instance first,
                InstanceRefresher refresher,
                HostSshOptions hosts,
                String script,
                WaitOptions options,
                OperationContext context) {
            this.first = first;
            this.refresher = refresher;
            this.hosts = hosts;
            this.script = script;
            this.options = options;
            this.context = context;
            this.start = context.timeline().now();
            this.nextRefresh = options.firstRefresh();
        }

        SshSession run(Scope scope) throws InterruptedException {
            look(first, scope);
            Task<Object> refresh = scope.fork("refresh " + first.id(), () -> refreshAfter(nextRefresh));
            try {
                while (true) {
                    List<Task<Object>> pending = new ArrayList<>();
                    trials.values().stream()
                            .map(AddressTrial::task)
                            .filter(t -> t != null)
                            .forEach(pending::add);
                    pending.add(refresh);
                    Task<Object> done = scope.awaitFirst(pending);
                    if (done != refresh) {
                        SshSession session = proved(done);
                        if (session != null) {
                            Duration waited =
                                    Duration.between(start, context.timeline().now());
                            context.tell((at, origin) -> new Event.Connected(at, origin, session.address(), waited));
                            return session;
                        }
                        failIfNoneIsLeft();
                    } else {
                        lookAgain(refresh, scope);
                        refresh = scope.fork("refresh " + first.id(), () -> refreshAfter(nextRefresh));
                    }
                }
            } catch (TimeoutException e) {
                throw timedOut();
            }
        }

        void closeAllBut(@Nullable SshSession winner) {
            for (Task<Object> task : everStarted) {
                try {
                    if (task.isDone() && task.result() instanceof SshSession session && session != winner) {
                        session.close();
                    }
                } catch (ExecutionException e) {
                    // It has no session then; why it failed has been told already.
                }
            }
        }

        private Object refreshAfter(Duration pause) throws InterruptedException {
            context.timeline().sleep(pause);
            Instant before = context.timeline().now();
            try {
                return refresher.refresh();
            } finally {
                Duration took = Duration.between(before, context.timeline().now());
                Duration doubled = max(pause.multipliedBy(2), took.multipliedBy(REFRESH_REST));
                nextRefresh = doubled.compareTo(options.lastRefresh()) < 0 ? doubled : options.lastRefresh();
            }
        }

        private void lookAgain(Task<Object> refresh, Scope scope) throws InterruptedException {
            try {
                refreshFailure = null;
                look((Instance) refresh.result(), scope);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException interruption) {
                    throw interruption;
                }
                refreshFailure = e.getCause() instanceof FootholdException failure
                        ? failure
                        : new FootholdException("the addresses cannot be read: " + e.getCause(), e.getCause());
            }
        }

        /** Starts trying new addresses, and stops trying those that are gone. */
        private void look(Instance seen, Scope scope) {
            if (seen.status() == InstanceStatus.PROVISIONING_ERROR) {
                throw new BootstrapException(
                        "instance " + seen.id() + " could not be provisioned"
                                + (seen.statusMessage().isEmpty() ? "" : ": " + seen.statusMessage()),
                        null);
            }
            Map<String, MachineAddress> reachable = seen.addresses().stream()
                    .filter(address ->
                            address.scope() != AddressScope.MACHINE_LOCAL && address.scope() != AddressScope.LINK_LOCAL)
                    .sorted(Comparator.comparing(MachineAddress::scope))
                    .collect(Collectors.toMap(
                            MachineAddress::hostAndPort, Function.identity(), (a, b) -> a, LinkedHashMap::new));
            Set.copyOf(trials.keySet()).stream()
                    .filter(known -> !reachable.containsKey(known))
                    .forEach(this::drop);
            reachable.forEach((key, address) -> {
                if (!trials.containsKey(key)) {
                    context.tell((at, origin) -> new Event.Connecting(at, origin, first.id(), address));
                    AddressTrial trial =
                            new AddressTrial(address, connector, hosts, script, options, context, scope::remaining);
                    trials.put(key, trial);
                    dropped.remove(key);
                    everStarted.add(trial.startIn(scope));
                }
            });
        }

        private void drop(String key) {
            AddressTrial gone = Objects.requireNonNull(trials.remove(key));
            dropped.put(key, gone);
            Task<Object> task = gone.task();
            if (task != null) {
                task.cancel();
            }
        }

        private @Nullable SshSession proved(Task<Object> task) throws InterruptedException {
            AddressTrial trial = trials.values().stream()
                    .filter(candidate -> candidate.task() == task)
                    .findFirst()
                    .orElseThrow();
            try {
                return (SshSession) task.result();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException interruption) {
                    throw interruption;
                }
                trial.end(e.getCause());
                return null;
            }
        }

        private void failIfNoneIsLeft() {
            if (!trials.isEmpty() && trials.values().stream().allMatch(AddressTrial::hasEnded)) {
                throw new BootstrapException(
                        "no address of instance " + first.id() + " can be trusted: " + describeVerdicts(),
                        trials.values().iterator().next().failure());
            }
        }

        private WaitTimeoutException timedOut() {
            Map<MachineAddress, String> verdicts = new LinkedHashMap<>();
            dropped.values().forEach(trial -> verdicts.put(trial.address(), trial.verdict()));
            trials.values().forEach(trial -> verdicts.put(trial.address(), trial.verdict()));
            StringBuilder message = new StringBuilder("waited for ")
                    .append(DurationText.of(options.timeout()))
                    .append(" for instance ")
                    .append(first.id());
            if (trials.isEmpty() && dropped.isEmpty()) {
                message.append(" without getting any addresses");
            } else {
                message.append(" without being able to connect: ").append(describeVerdicts());
            }
            if (refreshFailure != null) {
                message.append("; its addresses could not be read again: ").append(refreshFailure.getMessage());
            }
            FootholdException cause = trials.values().stream()
                    .map(AddressTrial::failure)
                    .filter(failure -> failure != null)
                    .findFirst()
                    .orElse(refreshFailure);
            return new WaitTimeoutException(message.toString(), verdicts, cause);
        }

        private String describeVerdicts() {
            return Stream.concat(
                            trials.values().stream().map(AddressTrial::verdict),
                            dropped.values().stream().map(trial -> trial.verdict() + " (no longer listed)"))
                    .collect(Collectors.joining("; "));
        }

        private static Duration max(Duration a, Duration b) {
            return a.compareTo(b) >= 0 ? a : b;
        }
    }
}
