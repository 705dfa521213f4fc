package dev.foothold.cloud;

import dev.foothold.environ.CloudException;
import dev.foothold.event.Event;
import dev.foothold.time.Stopwatch;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Tells of every call, how long it took and how it ended. Outermost, so that it tells what the caller sees. */
final class CallEvents {

    private final OperationContext context;

    CallEvents(OperationContext context) {
        this.context = context;
    }

    /** Makes the call; once it has ended, {@code attempts} says how often it was made in truth. */
    <T> T around(Call call, Callable<T> next, IntSupplier attempts) throws Exception {
        Stopwatch stopwatch = Stopwatch.start(context.timeline());
        try {
            T result = next.call();
            tell(call, stopwatch, attempts, null);
            return result;
        } catch (Exception | Error e) {
            tell(call, stopwatch, attempts, e);
            throw e;
        }
    }

    private void tell(Call call, Stopwatch stopwatch, IntSupplier attempts, @Nullable Throwable failure) {
        Optional<CloudException> said = CloudException.find(failure);
        context.tell((at, origin) -> new Event.CallEnded(
                at,
                origin,
                call.operation(),
                stopwatch.elapsed(),
                attempts.getAsInt(),
                failure == null ? null : FailureText.of(failure),
                said.map(CloudException::kind).orElse(null),
                said.flatMap(CloudException::requestId).orElse(null)));
    }
}
