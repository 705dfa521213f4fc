package dev.foothold.simulator;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports that the cloud did not do what it was asked; the message names the thing that stood in the way. */
public final class CloudApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** No room for the instance in the zone; another zone may have some. */
    public static final String INSUFFICIENT_CAPACITY = "InsufficientCapacity";
    /** The account has as many instances as it may have. */
    public static final String QUOTA_EXCEEDED = "QuotaExceeded";
    /** Too many requests; the same one may succeed later. */
    public static final String THROTTLED = "Throttled";
    /** No such instance, or path. */
    public static final String NOT_FOUND = "NotFound";
    /** The request names something that does not exist, or is too large. */
    public static final String INVALID_PARAMETER = "InvalidParameter";
    /** The caller has not shown a valid credential. */
    public static final String UNAUTHORIZED = "Unauthorized";
    /** The token was used for a different request, or for an instance that was terminated. */
    public static final String IDEMPOTENT_PARAMETER_MISMATCH = "IdempotentParameterMismatch";
    /** The instance is not in a state in which this can be done. */
    public static final String INCORRECT_STATE = "IncorrectInstanceState";
    /** The cloud is closed, or failed for a reason of its own. */
    public static final String UNAVAILABLE = "Unavailable";

    /** The kind of error. */
    private final String code;
    /** The request's name. */
    private final String requestId;
    /** When asking again makes sense; null if the cloud does not know. */
    private final @Nullable Duration retryAfter;

    /**
     * Makes the report.
     *
     * @param code one of this class's constants; a fault may make up others
     * @param message what stood in the way
     * @param requestId names the request in the cloud's books
     * @param retryAfter when asking again makes sense, if the cloud knows
     */
    public CloudApiException(String code, String message, String requestId, @Nullable Duration retryAfter) {
        super(message);
        this.code = code;
        this.requestId = requestId;
        this.retryAfter = retryAfter;
    }

    /**
     * Says what kind of error it is.
     *
     * @return one of this class's constants, or whatever a fault made up
     */
    public String code() {
        return code;
    }

    /**
     * Names the request in the cloud's books.
     *
     * @return for example {@code req-17}
     */
    public String requestId() {
        return requestId;
    }

    /**
     * Says when asking again makes sense.
     *
     * @return how long to wait; empty if the cloud does not know
     */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
