package dev.foothold.environ;

import dev.foothold.FootholdException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a cloud's refusal means. Thrown by authors, or made by {@link Environ#classify} from what their client
 * throws; found anywhere in a chain of causes.
 *
 * <pre>{@code
 * throw new CloudException(Kind.CAPACITY, "no more m1.small in zone " + zone, cause).withRequestId(id);
 * }</pre>
 */
public class CloudException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** Says what kind of refusal it is, and with that what can be done about it. */
    public enum Kind {
        /** There is no room for the machine. Another zone may have some. */
        CAPACITY(true, false),
        /** The account may not have more of these. Another zone or size may be counted apart. */
        QUOTA(true, false),
        /** Too many calls. The same call helps later. */
        THROTTLED(false, true),
        /** The credential is not accepted at all. */
        CREDENTIAL_INVALID(false, false),
        /** The credential was accepted once, but its time is over. */
        CREDENTIAL_EXPIRED(false, false),
        /** The credential is good, but not for this action. */
        NOT_AUTHORISED(false, false),
        /** Access was denied, and the cloud does not say whether the credential or a permission is at fault. */
        ACCESS_DENIED(false, false),
        /** The request is wrong, wherever it is sent. */
        INVALID_REQUEST(false, false),
        /** This zone cannot do what is asked for; another may. */
        UNSUPPORTED(true, false),
        /** Something the request names is not there. */
        NOT_FOUND(true, false),
        /** Anything else. */
        OTHER(true, false);

        private final boolean anotherZoneMayHelp;
        private final boolean sameCallMayHelp;

        Kind(boolean anotherZoneMayHelp, boolean sameCallMayHelp) {
            this.anotherZoneMayHelp = anotherZoneMayHelp;
            this.sameCallMayHelp = sameCallMayHelp;
        }

        /**
         * Tells whether it is worth trying another zone.
         *
         * @return false if the refusal has nothing to do with the zone
         */
        public boolean anotherZoneMayHelp() {
            return anotherZoneMayHelp;
        }

        /**
         * Tells whether it is worth asking for another size of machine in the same zone.
         *
         * @return true if sizes are counted, or offered, apart
         */
        public boolean anotherSizeMayHelp() {
            return this == CAPACITY || this == QUOTA || this == UNSUPPORTED;
        }

        /**
         * Tells whether it is worth making the same call again, later.
         *
         * @return true if the refusal passes
         */
        public boolean sameCallMayHelp() {
            return sameCallMayHelp;
        }
    }

    /** What the refusal means. */
    private final Kind kind;

    /** Whether another zone can help, if that was said explicitly. */
    private @Nullable Boolean zoneIndependent;

    /** Whether the same call can help, if that was said explicitly. */
    private @Nullable Boolean sameCallMayHelp;

    /** How long the cloud asks to wait. */
    private @Nullable Duration retryAfter;

    /** The action that was refused. */
    private @Nullable String action;

    /** The cloud's id of the request. */
    private @Nullable String requestId;

    /**
     * Creates an exception without a cause.
     *
     * @param kind what it means
     * @param message what the cloud refused, and why
     */
    public CloudException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * Creates an exception.
     *
     * @param kind what it means
     * @param message what the cloud refused, and why
     * @param cause what the client threw, or null
     */
    public CloudException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /**
     * Creates an exception that says more about another one, and means the same.
     *
     * @param message what the cloud was asked for
     * @param cause what it answered; its kind is taken over, and its details are found through it
     */
    public CloudException(String message, CloudException cause) {
        this(cause.kind, message, cause);
    }

    /**
     * Marks a failure as one that no other zone can mend. The text stays as it is.
     *
     * @param cause the failure, or null if there is none
     * @return an exception with the same message and this cause; null if there is no failure
     */
    public static @Nullable CloudException zoneIndependent(@Nullable Throwable cause) {
        if (cause == null) {
            return null;
        }
        Kind kind = find(cause).map(CloudException::kind).orElse(Kind.OTHER);
        return new CloudException(kind, textOf(cause), cause).zoneIndependent(true);
    }

    /**
     * Tells whether a failure, or anything that led to it, has nothing to do with the zone.
     *
     * @param failure any failure
     * @return what the outermost explicit mark says; without one, whether some {@link CloudException} in the chain is
     *     of a kind that another zone does not help
     */
    public static boolean isZoneIndependent(@Nullable Throwable failure) {
        return chain(failure)
                .map(link -> link.zoneIndependent)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> chain(failure).anyMatch(link -> !link.kind.anotherZoneMayHelp));
    }

    /**
     * Tells whether the call that failed is worth making again, later.
     *
     * @param failure any failure
     * @return what the outermost explicit mark says; without one, whether some {@link CloudException} in the chain is
     *     of a kind that passes
     */
    public static boolean sameCallMayHelp(@Nullable Throwable failure) {
        return chain(failure)
                .map(link -> link.sameCallMayHelp)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> chain(failure).anyMatch(link -> link.kind.sameCallMayHelp));
    }

    /**
     * Finds what a cloud said in a chain of causes.
     *
     * @param failure any failure, or null
     * @return the outermost {@link CloudException}; empty if there is none
     */
    public static Optional<CloudException> find(@Nullable Throwable failure) {
        return chain(failure).findFirst();
    }

    /**
     * Gives a failure and everything that led to it, for authors and users who look for one of their own.
     *
     * @param failure any failure, or null
     * @return the failure and its causes, outermost first; a cycle ends where it closes
     */
    public static Stream<Throwable> causes(@Nullable Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.iterate(failure, link -> link != null && seen.add(link), Throwable::getCause);
    }

    /** Gives the links of a chain in which a cloud said something, outermost first. */
    static Stream<CloudException> chain(@Nullable Throwable failure) {
        return causes(failure).filter(CloudException.class::isInstance).map(CloudException.class::cast);
    }

    /**
     * Says explicitly whether another zone can help, whatever the kind says. To be called before it is thrown.
     *
     * @param independent true if no other zone can help
     * @return this exception
     */
    public CloudException zoneIndependent(boolean independent) {
        this.zoneIndependent = independent;
        return this;
    }

    /** Gives the text of a failure, which a mark leaves as it is. */
    static String textOf(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /**
     * Says explicitly whether the same call may help later, whatever the kind says. To be called before it is thrown.
     *
     * @param mayHelp true if the call may be repeated: the cloud has done nothing of it, or a second one does no harm
     * @return this exception
     */
    public CloudException sameCallMayHelp(boolean mayHelp) {
        this.sameCallMayHelp = mayHelp;
        return this;
    }

    /**
     * Sets how long the cloud asks to wait. To be called before it is thrown.
     *
     * @param pause the time until the same call may be made again; a negative one counts as zero
     * @return this exception
     */
    public CloudException withRetryAfter(Duration pause) {
        this.retryAfter = pause.isNegative() ? Duration.ZERO : pause;
        return this;
    }

    /**
     * Sets the action that was refused, as the cloud's permissions name it. To be called before it is thrown.
     *
     * @param name for example {@code compute.instances.create}
     * @return this exception
     */
    public CloudException withAction(String name) {
        this.action = name;
        return this;
    }

    /**
     * Sets the id under which the cloud's support finds the request. To be called before it is thrown.
     *
     * @param id the cloud's id of the request
     * @return this exception
     */
    public CloudException withRequestId(String id) {
        this.requestId = id;
        return this;
    }

    /**
     * Tells whether it is certain that the cloud did nothing of what it was asked for. A failure that the cloud did not
     * explain may be that of its answer only.
     *
     * @return false for {@link Kind#OTHER}
     */
    public boolean isDefinite() {
        return kind != Kind.OTHER;
    }

    /**
     * Gives what was said at first, without what was added on the way: for messages that say by themselves what was
     * asked for.
     *
     * @return the message of the innermost {@link CloudException}
     */
    public String reason() {
        CloudException innermost = chain(this).reduce((outer, inner) -> inner).orElse(this);
        return String.valueOf(innermost.getMessage());
    }

    /**
     * Says what the refusal means.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Says how long the cloud asks to wait.
     *
     * @return what this exception, or else the next one in its chain of causes says; empty if none does
     */
    public Optional<Duration> retryAfter() {
        return first(link -> link.retryAfter);
    }

    /**
     * Names the action that was refused.
     *
     * @return what this exception, or else the next one in its chain of causes says; empty if none does
     */
    public Optional<String> action() {
        return first(link -> link.action);
    }

    /**
     * Gives the cloud's id of the request.
     *
     * @return what this exception, or else the next one in its chain of causes says; empty if none does
     */
    public Optional<String> requestId() {
        return first(link -> link.requestId);
    }

    private <T> Optional<T> first(Function<CloudException, @Nullable T> detail) {
        return chain(this).map(detail).filter(Objects::nonNull).findFirst();
    }
}
