package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.KnockListener;
import dev.foothold.ssh.Knocking;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.time.DurationText;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries one address again and again, and remembers what it answered last. */
final class AddressTrial {

    private static final String SHELL = "/bin/sh -s";
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration SHORTEST_KNOCKING = Duration.ofMillis(1);

    /** How long a nonce may be missing until the machine is asked what its first boot is doing. */
    private static final Duration DIAGNOSE_FIRST = Duration.ofSeconds(2);

    /** How soon it is asked again. */
    private static final Duration DIAGNOSE_EVERY = Duration.ofSeconds(15);

    /** How soon a look at the account is worth while: another address may have been charged less than was booked. */
    private static final Duration ACCOUNT_LOOK = Duration.ofMillis(50);

    private final MachineAddress address;
    private final SshConnector connector;
    private final HostSshOptions hosts;
    private final String script;
    private final WaitOptions options;
    private final OperationContext context;
    private final PenaltyAccount penalties;
    private final Supplier<Duration> remaining;
    private final SplittableRandom random;
    private @Nullable Task<Object> task;
    private volatile Answer answer;
    private volatile boolean listed = true;
    private volatile @Nullable FootholdException failure;
    private volatile @Nullable Instant refusedSince;
    private volatile boolean hopeless;
    private int failures; // of the task alone

    /** What the address said last. */
    private record Answer(Verdict verdict, String reason, boolean isFinal, String firstBoot) {}

    AddressTrial(
            MachineAddress address,
            SshConnector connector,
            HostSshOptions hosts,
            String script,
            WaitOptions options,
            OperationContext context,
            PenaltyAccount penalties,
            Supplier<Duration> remaining) {
        this.address = address;
        this.connector = connector;
        this.hosts = hosts;
        this.script = script;
        this.options = options;
        this.context = context;
        this.penalties = penalties;
        this.remaining = remaining;
        // Different for each machine, so that many that are waited for at once do not knock in step.
        this.random = new SplittableRandom(Objects.hash(address, context.id()));
        this.answer = new Answer(Verdict.NO_ANSWER_YET, address.hostAndPort() + ": no answer yet", false, "");
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
        return hasEnded() ? null : task;
    }

    /** Stops trying, because the cloud does not list the address any more. */
    void drop() {
        listed = false;
        if (task != null) {
            task.cancel();
        }
    }

    @Nullable
    FootholdException failure() {
        return failure;
    }

    boolean hasEnded() {
        return answer.isFinal();
    }

    /** Tells whether the address will never do; false if only we could not try it. */
    boolean isHopeless() {
        return hasEnded() && hopeless;
    }

    AddressVerdict verdict() {
        Answer now = answer;
        Duration left = remaining.get();
        Instant since = refusedSince;
        if (now.verdict().isRefusal() && since != null) {
            Duration budget = Duration.between(context.timeline().now(), since.plus(options.refusalBudget()));
            left = budget.compareTo(left) < 0 ? budget : left;
        }
        boolean over = now.isFinal() || left.isNegative();
        return new AddressVerdict(
                address,
                now.verdict(),
                now.reason(),
                now.isFinal(),
                listed,
                over ? Duration.ZERO : left,
                now.firstBoot());
    }

    /** Notes that the address is not tried any more. */
    void end(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        FootholdException why = cause instanceof FootholdException known
                ? known
                : new FootholdException(
                        message.startsWith(address.hostAndPort()) ? message : address.hostAndPort() + ": " + message,
                        cause);
        failure = why;
        Answer last = answer;
        Verdict verdict = last.verdict() == Verdict.NO_ANSWER_YET ? Verdict.NOT_TRIED : last.verdict();
        answer = new Answer(verdict, String.valueOf(why.getMessage()), true, last.firstBoot());
    }

    private Object run() throws InterruptedException {
        while (true) {
            Attempt attempt = new Attempt();
            try {
                SshSession session = connect(hosts.forHost(address), attempt);
                attempt.settle(Verdict.PROVED);
                failures = 0;
                refusedSince = null;
                return prove(session);
            } catch (SshException e) {
                Verdict verdict = attempt.loggedIn && e.failure() == SshFailure.TIMED_OUT
                        ? Verdict.COMMAND_FAILED
                        : Verdict.of(e.failure());
                attempt.settle(verdict);
                failure = e;
                say(verdict, String.valueOf(e.getMessage()));
                if (verdict == Verdict.HOST_KEY_MISMATCH) {
                    hopeless = true;
                    throw e;
                }
                if (verdict == Verdict.CONNECTION_LOST) {
                    // The host key was ours: from now on nothing but our login stands between us.
                    refusedSince = refusedSince == null ? context.timeline().now() : refusedSince;
                }
                giveUpIfRefusedForTooLong(verdict);
                context.timeline().sleep(pauseAfter(verdict));
            }
        }
    }

    private SshSession connect(SshOptions how, Attempt attempt) throws InterruptedException {
        Duration left = remaining.get();
        Knocking knocking = options.knocking();
        if (left.compareTo(knocking.budget()) < 0) {
            knocking = knocking.within(left.compareTo(SHORTEST_KNOCKING) < 0 ? SHORTEST_KNOCKING : left);
        }
        try {
            SshSession session = connector.connect(address, how, knocking, attempt);
            attempt.loggedIn = true;
            return session;
        } catch (IllegalArgumentException e) {
            // The options are no good, and will not become better.
            hopeless = true;
            throw e;
        }
    }

    private SshSession prove(SshSession session) throws InterruptedException {
        boolean proved = false;
        Instant diagnoseAt = context.timeline().now().plus(DIAGNOSE_FIRST);
        boolean wasOver = false;
        try {
            while (!proved) {
                OutputLines output = new OutputLines(context.redactor(), line -> {});
                SshResult result = session.run(SshCommand.of(SHELL).reading(script), output, COMMAND_TIMEOUT);
                output.end();
                String said = String.join("\n", output.tail()).strip();
                Verdict verdict = CheckNonce.verdict(result, said);
                proved = verdict == Verdict.PROVED;
                if (!proved) {
                    say(verdict, address.hostAndPort() + ": " + CheckNonce.reason(result, said));
                    if (!verdict.isRefusal()) {
                        refusedSince = null;
                    }
                    giveUpIfRefusedForTooLong(verdict);
                    if (verdict == Verdict.NONCE_ABSENT
                            && !context.timeline().now().isBefore(diagnoseAt)) {
                        boolean isOver = diagnose(session);
                        if (isOver && wasOver) {
                            giveUp("the first boot is over, and did not write the nonce");
                        }
                        wasOver = isOver;
                        diagnoseAt = context.timeline().now().plus(DIAGNOSE_EVERY);
                    }
                    context.timeline().sleep(options.noncePause());
                }
            }
            answer = new Answer(Verdict.PROVED, address.hostAndPort() + ": the machine has proved itself", false, "");
            return session;
        } finally {
            if (!proved) {
                session.close();
            }
        }
    }

    /** Asks the machine what its first boot is doing; tells whether that is over. */
    private boolean diagnose(SshSession session) throws InterruptedException {
        OutputLines output = new OutputLines(context.redactor(), line -> {});
        FirstBootReport report;
        try {
            session.run(SshCommand.of(SHELL).reading(FirstBootReport.SCRIPT), output, COMMAND_TIMEOUT);
            output.end();
            report = FirstBootReport.parse(output.tail());
        } catch (SshException e) {
            // If the connection broke, the next question for the nonce will tell.
            report = new FirstBootReport("", List.of(), List.of());
        }
        Answer last = answer;
        answer = new Answer(last.verdict(), last.reason(), false, report.describe());
        return report.isOver();
    }

    private void giveUpIfRefusedForTooLong(Verdict verdict) {
        Instant now = context.timeline().now();
        Instant since = refusedSince;
        if (verdict.isRefusal() && since == null) {
            refusedSince = now;
        } else if (verdict.isRefusal() && !now.isBefore(since.plus(options.refusalBudget()))) {
            giveUp("it has been so for " + DurationText.of(options.refusalBudget()));
        }
    }

    private void giveUp(String why) {
        hopeless = true;
        throw new FootholdException(answer.reason() + " (" + why + ")", failure);
    }

    private Duration pauseAfter(Verdict verdict) {
        if (verdict == Verdict.REFUSED || verdict == Verdict.TIMED_OUT) {
            return options.knocking().pause();
        }
        List<Duration> pauses = options.pausesAfterFailure();
        Duration pause = pauses.get(Math.min(failures++, pauses.size() - 1));
        // Prolonged, never shortened: a shorter pause could be the one that annoys the server.
        return pause.plusNanos((long) (pause.toNanos() * options.jitter() * random.nextDouble()));
    }

    private void say(Verdict verdict, String reason) {
        Answer last = answer;
        if (verdict != last.verdict() || !reason.equals(last.reason())) {
            answer = new Answer(verdict, reason, false, verdict == last.verdict() ? last.firstBoot() : "");
            context.tell((at, origin) -> new Event.NotYet(at, origin, address, reason, remaining.get()));
        }
    }

    /** One connection: what it costs us at the server, and how far it came. */
    private final class Attempt implements KnockListener {

        private boolean booked;
        private boolean loggedIn;

        @Override
        public void notYet(SshException reason) {
            failure = reason;
            say(Verdict.of(reason.failure()), String.valueOf(reason.getMessage()));
        }

        @Override
        public void accepted() throws InterruptedException {
            Duration wait = penalties.book(context.timeline().now());
            while (!wait.isZero()) {
                context.timeline().sleep(wait.compareTo(ACCOUNT_LOOK) < 0 ? wait : ACCOUNT_LOOK);
                wait = penalties.book(context.timeline().now());
            }
            booked = true;
        }

        private void settle(Verdict verdict) {
            if (booked) {
                booked = false;
                penalties.settle(verdict);
            }
        }
    }
}
