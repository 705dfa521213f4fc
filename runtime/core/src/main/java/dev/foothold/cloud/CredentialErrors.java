package dev.foothold.cloud;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CredentialNotValidException;
import dev.foothold.environ.CredentialOutcome;
import dev.foothold.event.Event;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a denied call means for the credential, takes one that is not valid any more out of use, and tells the
 * caller what to do. Stands around every call to an author's environ; the functions are for authors and users who meet
 * such failures elsewhere.
 *
 * <p>Only a credential that is not valid at all is taken out of use: one that has expired is renewed, and one that lacks
 * a permission is good for everything else. Where the author offers a
 * {@link dev.foothold.environ.CredentialProbe}, a call that was denied without saying why, or for an invalid credential,
 * is followed by a probe, and its answer counts; calls that are denied at the same time share one. What was concluded is
 * thrown with what the cloud said at first as its cause.
 */
public final class CredentialErrors implements Interceptor {

    /** The HTTP status codes that mean refused authorisation, in ascending order: 401, 402, 403 and 407. */
    public static final Set<Integer> AUTHORISATION_FAILURE_STATUS_CODES =
            Collections.unmodifiableSet(new TreeSet<>(List.of(401, 402, 403, 407)));

    private static final Duration SINK_BUDGET = Duration.ofSeconds(30);

    private final OperationContext context;
    private final @Nullable SharedProbe probe;

    /** What was denied when the credential was taken out of use; null while it is in use. */
    private volatile @Nullable String outOfUseSince;

    /** Creates the interceptor; without a probe, what the cloud says is believed. */
    CredentialErrors(OperationContext context, @Nullable SharedProbe probe) {
        this.context = context;
        this.probe = probe;
    }

    /**
     * Tells whether a failure means that the cloud does not accept the credential at all.
     *
     * @param failure any failure, or null for none
     * @return true if that is what the outermost link of the chain of causes says that says something about the
     *     credential; never for null
     */
    public static boolean isCredentialNotValid(@Nullable Throwable failure) {
        return CredentialOutcome.of(failure)
                .filter(CredentialOutcome.INVALID::equals)
                .isPresent();
    }

    /**
     * Does what {@link #maybeHandle} does, for callers that do not want to know.
     *
     * @param denial recognises a failure, or one in its chain of causes, that means that the credential was denied
     * @param failure what happened, or null if nothing did
     * @param context whose credential it is, or null if there is none to take out of use
     */
    public static void handle(
            Predicate<? super Throwable> denial, @Nullable Throwable failure, @Nullable OperationContext context) {
        maybeHandle(denial, failure, context);
    }

    /**
     * Takes the credential out of use if a failure means that it was denied. The failure itself stays as it is. If the
     * credential cannot be taken out of use, an {@link Event.CredentialNotInvalidated} says so.
     *
     * @param denial recognises a failure, or one in its chain of causes, that means that the credential was denied; not
     *     asked if there is no failure
     * @param failure what happened, or null if nothing did
     * @param context whose credential it is, or null if there is none to take out of use
     * @return whether the credential was denied
     */
    public static boolean maybeHandle(
            Predicate<? super Throwable> denial, @Nullable Throwable failure, @Nullable OperationContext context) {
        if (failure == null || CloudException.causes(failure).noneMatch(denial)) {
            return false;
        }
        if (context != null) {
            invalidate(context, failure);
        }
        return true;
    }

    @Override
    public <T> T around(Call call, Callable<T> next) throws Exception {
        int before = probe == null ? 0 : probe.begun();
        try {
            T result = next.call();
            // Other calls prove nothing: some are answered without asking the cloud.
            if (call.operation().equals(outOfUseSince)) {
                outOfUseSince = null;
            }
            return result;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Optional<CredentialOutcome> said = CredentialOutcome.of(e);
            if (said.isEmpty()) {
                throw e;
            }
            throw denied(call, e, said.get(), before);
        }
    }

    private CloudException denied(Call call, Exception failure, CredentialOutcome said, int before)
            throws InterruptedException {
        boolean doubtful = said == CredentialOutcome.INVALID || said == CredentialOutcome.UNKNOWN;
        // What a probe says needs no confirmation.
        SharedProbe.Verdict verdict =
                probe != null && doubtful && !call.operation().equals(SharedProbe.OPERATION)
                        ? probe.verdict(before, failure)
                        : new SharedProbe.Verdict(said, null);
        CredentialOutcome outcome = verdict.outcome();
        CloudException conclusion = conclude(failure, outcome, call, verdict.failure());
        context.tell((at, origin) -> new Event.CredentialDenied(
                at,
                origin,
                call.operation(),
                outcome,
                FailureText.of(failure),
                conclusion.action().orElse(null),
                conclusion.requestId().orElse(null)));
        if (outcome == CredentialOutcome.INVALID && outOfUseSince == null && invalidate(context, failure)) {
            outOfUseSince = call.operation();
        }
        return conclusion;
    }

    private static CloudException conclude(
            Exception failure, CredentialOutcome outcome, Call call, @Nullable Throwable doubt) {
        Optional<CloudException> said = CloudException.find(failure);
        String message = FailureText.of(failure)
                + said.flatMap(CloudException::requestId)
                        .map(id -> " (request " + id + ")")
                        .orElse("")
                + "; "
                + switch (outcome) {
                    case INVALID -> "the cloud does not accept the credential: replace it";
                    case EXPIRED -> "the credential has expired: renew it";
                    case NOT_AUTHORISED ->
                        "the credential is good, but not for this: grant it "
                                + said.flatMap(CloudException::action)
                                        .map(action -> "the action " + action)
                                        .orElse("what " + call.operation() + " needs");
                    case UNKNOWN ->
                        "the credential or a permission is at fault: check both"
                                + (doubt == null ? "" : " (the probe did not tell: " + FailureText.of(doubt) + ")");
                };
        CloudException conclusion = outcome == CredentialOutcome.INVALID
                ? new CredentialNotValidException(message, failure)
                : new CloudException(outcome.kind(), message, failure);
        if (doubt != null) {
            conclusion.addSuppressed(doubt);
        }
        return conclusion;
    }

    /** Tells whether the credential was taken out of use. */
    private static boolean invalidate(OperationContext context, Throwable failure) {
        Optional<CloudException> said = CloudException.find(failure);
        CredentialDenial denial = new CredentialDenial(
                "cloud denied access: " + FailureText.of(failure, context.redactor()),
                said.flatMap(CloudException::action).orElse(null),
                said.flatMap(CloudException::requestId).orElse(null));
        try (Scope scope = context.timeline().open("invalidate the credential", SINK_BUDGET)) {
            Task<Boolean> task = scope.fork("the credential sink", () -> {
                context.credentials().invalidate(denial);
                return true;
            });
            scope.awaitAllThroughInterrupts();
            return task.result();
        } catch (ExecutionException e) {
            warn(context, e.getCause());
        } catch (TimeoutException e) {
            warn(context, e);
        }
        return false;
    }

    private static void warn(OperationContext context, Throwable failure) {
        context.tell((at, origin) -> new Event.CredentialNotInvalidated(
                at,
                origin,
                "the credential could not be taken out of use where it is kept: " + FailureText.of(failure)));
    }
}
