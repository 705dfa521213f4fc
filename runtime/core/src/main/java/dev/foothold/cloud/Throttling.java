package dev.foothold.cloud;

import dev.foothold.environ.CloudException;
import dev.foothold.event.Event;
import dev.foothold.time.DurationText;
import dev.foothold.time.Scope;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Makes calls again that the cloud refused for now, and slows all calls down to what it takes.
 *
 * <p>A refused call waits as long as the cloud asks for, never shorter, or else half a second, doubled with each attempt
 * up to twenty seconds, of which up to a half is taken off at random. It is made again until its budget is used up.
 * Repeating a start is safe: it has the same {@link dev.foothold.environ.IdempotencyToken}.
 *
 * <p>All calls of one provider share a rate. It is not limited until the cloud says that it is asked too often; it is
 * halved then, however many calls are refused at that moment, and comes back slowly.
 *
 * <p>Every wait ends at once when the caller is interrupted, and so when the scope it belongs to is over.
 */
public final class Throttling implements Interceptor {

    /** How long a call and its repetitions may take by default, before the last attempt begins: two minutes. */
    public static final Duration DEFAULT_BUDGET = Duration.ofMinutes(2);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final int DOUBLINGS = 6;

    private final OperationContext context;
    private final Duration budget;
    private final SharedRate rate;

    Throttling(OperationContext context, Duration budget) {
        this(
                context,
                budget,
                new SharedRate(
                        context.timeline(), context.model().owner().modelUuid().getLeastSignificantBits()));
    }

    private Throttling(OperationContext context, Duration budget, SharedRate rate) {
        if (budget.isNegative()) {
            throw new IllegalArgumentException("a call cannot have the negative budget " + budget);
        }
        this.context = context;
        this.budget = budget;
        this.rate = rate;
    }

    /** Gives calls another budget; they share the rate with all others. */
    Throttling within(Duration other) {
        return new Throttling(context, other, rate);
    }

    /** Gives calls no more time than is left. */
    Throttling atMost(Duration left) {
        Duration shorter = left.compareTo(budget) < 0 ? left : budget;
        return within(shorter.isNegative() ? Duration.ZERO : shorter);
    }

    @Override
    public <T> T around(Call call, Callable<T> next) throws Exception {
        try (Scope left = context.timeline().open(call.operation(), budget)) {
            for (int attempt = 1; ; attempt++) {
                int before = rate.awaitTurn(left);
                try {
                    return next.call();
                } catch (InterruptedException e) {
                    throw e;
                } catch (Exception e) {
                    if (!CloudException.sameCallMayHelp(e)) {
                        throw e;
                    }
                    pause(call, e, attempt, before, left.remaining());
                }
            }
        }
    }

    private void pause(Call call, Exception failure, int attempt, int before, Duration left) throws Exception {
        CloudException refusal = CloudException.find(failure).orElseThrow();
        if (refusal.kind() == CloudException.Kind.THROTTLED) {
            rate.refused(before);
        }
        Duration asked = refusal.retryAfter().orElse(Duration.ZERO);
        if (left.isZero() || asked.compareTo(left) > 0) {
            throw giveUp(refusal, attempt, asked, left);
        }
        Duration own = backOff(attempt);
        Duration pause = refusal.retryAfter().orElse(own.compareTo(left) < 0 ? own : left);
        context.tell((at, origin) ->
                new Event.CallDelayed(at, origin, call.operation(), attempt, pause, FailureText.of(failure)));
        try {
            context.timeline().sleep(pause);
        } catch (InterruptedException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    private Duration backOff(int attempt) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, DOUBLINGS));
        long longest = Math.min(doubled.toNanos(), LONGEST_PAUSE.toNanos());
        return Duration.ofNanos(longest - rate.random(longest / 2));
    }

    private CloudException giveUp(CloudException refusal, int attempts, Duration asked, Duration left) {
        String why = asked.compareTo(left) > 0
                ? "the cloud asks to wait " + DurationText.of(asked) + ", but of the " + DurationText.of(budget)
                        + " that a call may take only " + DurationText.of(left) + " are left"
                : "a call may take " + DurationText.of(budget) + ", which is over";
        return new CloudException(
                FailureText.of(refusal) + "; refused " + (attempts == 1 ? "once" : attempts + " times") + ": " + why
                        + "; try again later, or allow more with Foothold.withCallBudget",
                refusal);
    }
}
