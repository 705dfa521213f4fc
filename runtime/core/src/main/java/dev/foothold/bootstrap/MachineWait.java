package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.CloudException;
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
import java.util.Collection;
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
 * Waits for one machine, once, and can say at any moment why it still waits.
 *
 * <p>One thread waits; {@link #report()} may be called by any.
 */
public final class MachineWait {

    // Reading the addresses may be expensive, so it never takes more than a fifth of the time.
    private static final int REFRESH_REST = 4;

    private static final Set<CloudException.Kind> CREDENTIAL_REFUSED = Set.of(
            CloudException.Kind.CREDENTIAL_INVALID,
            CloudException.Kind.CREDENTIAL_EXPIRED,
            CloudException.Kind.NOT_AUTHORISED);

    private final SshConnector connector;
    private final Instance first;
    private final InstanceRefresher refresher;
    private final HostSshOptions hosts;
    private final String script;
    private final WaitOptions options;
    private final OperationContext context;
    private final PenaltyAccount penalties = new PenaltyAccount();
    private final Map<String, AddressTrial> trials = new LinkedHashMap<>();
    private final Map<String, AddressTrial> dropped = new LinkedHashMap<>();
    private final List<Task<Object>> everStarted = new ArrayList<>();
    private Duration nextRefresh;

    // For whoever asks for a report.
    private volatile @Nullable Instant start;
    private volatile List<AddressTrial> known = List.of();
    private volatile @Nullable FootholdException refreshFailure;

    MachineWait(
            SshConnector connector,
            Instance first,
            InstanceRefresher refresher,
            HostSshOptions hosts,
            String script,
            WaitOptions options,
            OperationContext context) {
        this.connector = connector;
        this.first = Objects.requireNonNull(first, "instance");
        this.refresher = Objects.requireNonNull(refresher, "refresher");
        this.hosts = Objects.requireNonNull(hosts, "hosts");
        this.script = Objects.requireNonNull(script, "script");
        this.options = Objects.requireNonNull(options, "options");
        this.context = Objects.requireNonNull(context, "context");
        this.nextRefresh = options.firstRefresh();
    }

    /**
     * Waits, once.
     *
     * @return a session to the address that won; the caller closes it
     * @throws WaitTimeoutException if the time was over; it says what each address answered last
     * @throws BootstrapException if the cloud says that the machine failed, or if the verdict on every address is final
     * @throws IllegalStateException if it was called before
     * @throws InterruptedException if the caller was interrupted; nothing is left open
     */
    public SshSession await() throws InterruptedException {
        if (start != null) {
            throw new IllegalStateException("instance " + first.id() + " has been waited for already");
        }
        start = context.timeline().now();
        @Nullable SshSession winner = null;
        try (Scope scope = context.timeline().open("wait for " + first.id(), options.timeout())) {
            winner = run(scope);
            return winner;
        } finally {
            // The scope is closed by now, so nobody opens sessions any more.
            closeAllBut(winner);
        }
    }

    /**
     * Says why the machine is still being waited for.
     *
     * @return how it stands at this moment; before the wait, with all of its time left
     */
    public WaitReport report() {
        Instant began = start;
        Duration waited = began == null
                ? Duration.ZERO
                : Duration.between(began, context.timeline().now());
        Duration left = left();
        FootholdException failure = refreshFailure;
        return new WaitReport(
                first.id(),
                waited,
                left,
                known.stream().map(AddressTrial::verdict).toList(),
                failure == null ? "" : String.valueOf(failure.getMessage()));
    }

    private Duration left() {
        Instant began = start;
        if (began == null) {
            return options.timeout();
        }
        Duration left = Duration.between(context.timeline().now(), began.plus(options.timeout()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private SshSession run(Scope scope) throws InterruptedException {
        context.tell((at, origin) -> new Event.WaitStarted(at, origin, first.id(), options.timeout()));
        look(first, scope);
        Task<Object> refresh = scope.fork("refresh " + first.id(), () -> refreshAfter(nextRefresh));
        try {
            while (true) {
                List<Task<Object>> pending = new ArrayList<>();
                trials.values().stream()
                        .map(AddressTrial::task)
                        .filter(task -> task != null)
                        .forEach(pending::add);
                pending.add(refresh);
                Task<Object> done = scope.awaitFirst(pending);
                if (done != refresh) {
                    SshSession session = proved(done);
                    if (session != null) {
                        Duration waited = report().waited();
                        context.tell((at, origin) -> new Event.Connected(at, origin, session.address(), waited));
                        return session;
                    }
                    failIfNoneIsLeft();
                } else {
                    lookAgain(refresh, scope);
                    failIfNoneIsLeft();
                    refresh = scope.fork("refresh " + first.id(), () -> refreshAfter(nextRefresh));
                }
            }
        } catch (TimeoutException e) {
            throw timedOut();
        }
    }

    private void closeAllBut(@Nullable SshSession winner) {
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
        Duration left = left();
        // At the very end nobody would look at the answer any more.
        context.timeline().sleep(pause.compareTo(left) < 0 ? pause : left.plus(pause));
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
            Instance seen = (Instance) refresh.result();
            refreshFailure = null;
            look(seen, scope);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interruption) {
                throw interruption;
            }
            FootholdException failure = e.getCause() instanceof FootholdException told
                    ? told
                    : new FootholdException("the addresses cannot be read: " + e.getCause(), e.getCause());
            refreshFailure = failure;
            if (trials.isEmpty()
                    && failure instanceof CloudException refusal
                    && CREDENTIAL_REFUSED.contains(refusal.kind())) {
                // There is nothing to try, and nothing to try will ever become known.
                throw new BootstrapException(
                        "the addresses of instance " + first.id() + " cannot be read: " + refusal.getMessage(),
                        refusal);
            }
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
                .filter(key -> !reachable.containsKey(key))
                .forEach(this::drop);
        List<AddressTrial> fresh = new ArrayList<>();
        reachable.forEach((key, address) -> {
            if (!trials.containsKey(key)) {
                AddressTrial trial =
                        new AddressTrial(address, connector, hosts, script, options, context, penalties, this::left);
                trials.put(key, trial);
                dropped.remove(key);
                fresh.add(trial);
            }
        });
        // Known to everybody before the first of them is tried.
        known = Stream.of(trials.values(), dropped.values())
                .flatMap(Collection::stream)
                .toList();
        for (AddressTrial trial : fresh) {
            context.tell((at, origin) -> new Event.Connecting(at, origin, first.id(), trial.address()));
            everStarted.add(trial.startIn(scope));
        }
    }

    private void drop(String key) {
        AddressTrial gone = Objects.requireNonNull(trials.remove(key));
        dropped.put(key, gone);
        gone.drop();
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
        if (!trials.isEmpty() && trials.values().stream().allMatch(AddressTrial::isHopeless)) {
            throw new BootstrapException(
                    "no address of instance " + first.id() + " will do: " + report().reasons(), anyFailure());
        }
    }

    private WaitTimeoutException timedOut() {
        WaitReport report = report();
        String waited = "waited for " + DurationText.of(options.timeout()) + " for instance " + first.id();
        String outcome = report.addresses().isEmpty()
                ? " without getting any addresses" + report.refreshing()
                : " without being able to connect: " + report.reasons();
        return new WaitTimeoutException(waited + outcome, report, anyFailure());
    }

    private @Nullable FootholdException anyFailure() {
        return trials.values().stream()
                .map(AddressTrial::failure)
                .filter(failure -> failure != null)
                .findFirst()
                .orElse(refreshFailure);
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
