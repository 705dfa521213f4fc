package dev.foothold.cloud;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.Environ;
import dev.foothold.time.Timeline;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Turns whatever an environ throws into a {@link CloudException} that says what was asked for and what the answer
 * means. Innermost of the interceptors, so that all others see the meaning.
 */
final class Classification implements Interceptor {

    private final Environ environ;
    private final Timeline timeline;

    Classification(Environ environ, Timeline timeline) {
        this.environ = environ;
        this.timeline = timeline;
    }

    @Override
    public <T> T around(Call call, Callable<T> next) throws Exception {
        try {
            return next.call();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Clients that know nothing of interruption report it as a failure of their own.
            if (timeline.interrupted()) {
                InterruptedException interruption = new InterruptedException(call + " was interrupted");
                interruption.initCause(e);
                throw interruption;
            }
            throw describe(call, e);
        }
    }

    private CloudException describe(Call call, Exception failure) {
        CloudException meaning = failure instanceof CloudException said ? said : classify(failure);
        String message = failure.getMessage();
        return new CloudException(call + ": " + (message == null ? failure : message), meaning);
    }

    private CloudException classify(Exception failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        try {
            Optional<CloudException> meaning = environ.classify(failure);
            if (meaning.isPresent()) {
                return keeping(failure, meaning.get());
            }
        } catch (RuntimeException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
        return CloudException.find(failure)
                .map(said -> new CloudException(message, said))
                .orElseGet(() -> new CloudException(CloudException.Kind.OTHER, message, failure));
    }

    /** Sees to it that the failure itself is not lost where the author forgot to name it as the cause. */
    private static CloudException keeping(Exception failure, CloudException meaning) {
        for (Throwable link = meaning; link != null; link = link.getCause()) {
            if (link == failure) {
                return meaning;
            }
        }
        meaning.addSuppressed(failure);
        return meaning;
    }
}
