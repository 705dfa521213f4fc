package dev.foothold.cloud;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.Environ;
import dev.foothold.redact.Redactor;
import dev.foothold.time.Timeline;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Turns whatever an environ throws into a {@link CloudException} that says what was asked for and what the answer
 * means, and shows no secret. Innermost of the interceptors, so that all others see the meaning. An {@link Error}
 * passes unchanged.
 */
final class Classification implements Interceptor {

    private final Environ environ;
    private final Timeline timeline;
    private final Redactor redactor;

    Classification(Environ environ, Timeline timeline, Redactor redactor) {
        this.environ = environ;
        this.timeline = timeline;
        this.redactor = redactor;
    }

    /** Gives one that knows other secrets. */
    Classification with(Redactor other) {
        return new Classification(environ, timeline, other);
    }

    @Override
    public <T> T around(Call call, Callable<T> next) throws Exception {
        try {
            return next.call();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Clients that know nothing of interruption report it as a failure of their own; others wrap it.
            if (timeline.interrupted() || CloudException.causes(e).anyMatch(InterruptedException.class::isInstance)) {
                InterruptedException interruption = new InterruptedException(call + " was interrupted");
                interruption.initCause(WithoutSecrets.of(e, redactor));
                throw interruption;
            }
            throw describe(call, e);
        }
    }

    /** Says what was asked for, what the failure of it means, and nothing secret. */
    CloudException describe(Call call, Exception failure) {
        CloudException meaning = failure instanceof CloudException said ? said : meaning(failure);
        CloudException described = new CloudException(
                call + ": " + FailureText.of(meaning, redactor), (CloudException) WithoutSecrets.of(meaning, redactor));
        if (CloudException.causes(meaning).noneMatch(link -> link == failure)) {
            // The author forgot to name the failure as the cause.
            described.addSuppressed(WithoutSecrets.of(failure, redactor));
        }
        return described;
    }

    private CloudException meaning(Exception failure) {
        Optional<CloudException> meaning = classified(failure);
        if (meaning.isPresent()) {
            return meaning.get();
        }
        CloudException.Kind kind =
                CloudException.find(failure).map(CloudException::kind).orElse(CloudException.Kind.OTHER);
        return new CloudException(kind, FailureText.of(failure, redactor), failure);
    }

    private Optional<CloudException> classified(Exception failure) {
        try {
            return Answers.present(environ.classify(failure));
        } catch (Error e) {
            e.addSuppressed(failure);
            throw e;
        } catch (Exception e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
            return Optional.empty();
        }
    }
}
