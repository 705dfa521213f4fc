package dev.foothold.destroy;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.ResourceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The things of one kind that are to go: what is there, what was done to each, and whether all are proved to be gone. */
final class Members {

    private static final List<Duration> PAUSES = List.of(
            Duration.ZERO,
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            Duration.ofMillis(800),
            Duration.ofMillis(1_600),
            Duration.ofSeconds(3));

    private static final Duration FIRST_LOOK = Duration.ofMillis(200);
    private static final Duration LAST_LOOK = Duration.ofSeconds(3);

    /** What was accepted, but has not been done by then, is asked for again. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);

    /** After so many failures it is worth a look whether the thing is gone all the same. */
    private static final int DOUBTFUL = 4;

    /** So many exceptions are kept of those that are refused: of thousands, the others would say nothing new. */
    private static final int EXCEPTIONS = 21;

    /** So many listings that fail in a row are enough. */
    private static final int HOPELESS = 6;

    private static final Set<CloudException.Kind> FINAL = Set.of(
            CloudException.Kind.CREDENTIAL_INVALID,
            CloudException.Kind.CREDENTIAL_EXPIRED,
            CloudException.Kind.NOT_AUTHORISED,
            CloudException.Kind.INVALID_REQUEST,
            CloudException.Kind.UNSUPPORTED);

    /** One of them. */
    static final class Member {

        private final Thing thing;
        private boolean there = true;
        private @Nullable Instant missing;
        private boolean gone;
        private int attempts;
        private boolean hopeless;
        private @Nullable Instant accepted;
        private @Nullable String refusal;
        private Instant changed;
        private Instant next;

        /**
         * Takes note of a thing that was listed for the first time.
         *
         * @param keeping why nothing is done about it; empty if it is to go
         */
        private Member(Thing thing, Optional<String> keeping, Instant now) {
            this.thing = thing;
            this.hopeless = keeping.isPresent();
            this.refusal = keeping.orElse(null);
            this.changed = now;
            this.next = now;
        }

        Thing thing() {
            return thing;
        }

        /** Tells whether it was in the last listing. */
        boolean isThere() {
            return there;
        }

        /** Tells whether listings have been without it for long enough. */
        boolean isProvedGone() {
            return gone;
        }

        private void saw(boolean listed, Instant now, Duration settling, boolean settled) {
            there = listed;
            if (listed) {
                missing = null;
                gone = false;
            } else if (missing == null) {
                missing = now;
            } else {
                gone |= settled && !now.isBefore(missing.plus(settling));
            }
        }

        boolean isAccepted() {
            return accepted != null;
        }

        /** Gives why it was not removed the last time. */
        Optional<String> refusal() {
            return Optional.ofNullable(refusal);
        }

        /** Gives when something was last heard of it. */
        Instant changed() {
            return changed;
        }

        private void accept(Instant now) {
            accepted = now;
            refusal = null;
            changed = now;
            next = now.plus(FORGOTTEN);
        }

        private void fail(Exception reason, Instant now) {
            accepted = null;
            refusal = String.valueOf(reason.getMessage());
            changed = now;
            Optional<CloudException> known = CloudException.find(reason);
            hopeless = known.filter(one -> FINAL.contains(one.kind())).isPresent();
            Duration pause = PAUSES.get(Math.min(attempts++, PAUSES.size() - 1));
            Duration asked = known.flatMap(CloudException::retryAfter).orElse(Duration.ZERO);
            next = now.plus(pause.compareTo(asked) > 0 ? pause : asked);
        }
    }

    private final Source source;
    private final Function<Thing, Optional<String>> keeping;
    private final Map<String, Member> all = new LinkedHashMap<>();
    private final Map<Member, Exception> failures = new LinkedHashMap<>();
    private @Nullable Instant deadline;
    private @Nullable Instant empty;
    private boolean proved;
    private boolean listed;
    private int listingFailures;
    private @Nullable Exception unlisted;
    private Duration pause = FIRST_LOOK;
    private Instant nextLook;

    Members(Source source, Function<Thing, Optional<String>> keeping, Instant now) {
        this.source = source;
        this.keeping = keeping;
        this.nextLook = now;
    }

    Source source() {
        return source;
    }

    ResourceKind kind() {
        return source.kind();
    }

    /** Gives all that were ever listed. */
    Collection<Member> all() {
        return all.values();
    }

    List<Member> there() {
        return all.values().stream().filter(Member::isThere).toList();
    }

    boolean has(String id) {
        Member member = all.get(id);
        return member != null && member.there;
    }

    /** Tells whether the last listing had none of them. */
    boolean areGone() {
        return empty != null;
    }

    /** Tells whether listings have shown it twice. */
    boolean areProvedGone() {
        return proved;
    }

    /** Tells whether listings are without some of them, but not for long enough. */
    boolean hasUnproved() {
        return all.values().stream().anyMatch(member -> !member.there && !member.gone);
    }

    Optional<Exception> unlisted() {
        return Optional.ofNullable(unlisted);
    }

    boolean isListed() {
        return listed;
    }

    /** Begins the time that they have, unless it has begun. */
    void begin(Instant now, Duration timeout) {
        if (deadline == null) {
            deadline = now.plus(timeout);
        }
    }

    boolean isOver(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }

    /** Tells whether something can be done about one of them, now or later. */
    boolean mayGo(Member member) {
        return member.there && !member.hopeless;
    }

    /** Takes note that one of them was removed, or will be. */
    void accept(Member member, Instant now) {
        member.accept(now);
        failures.remove(member);
    }

    /** Takes note that one of them was not removed. */
    void fail(Member member, Exception reason, Instant now) {
        member.fail(reason, now);
        if (failures.size() < EXCEPTIONS || failures.containsKey(member)) {
            failures.put(member, reason);
        }
    }

    /** Gives what was thrown about those that were refused, of many about some. */
    Collection<Exception> failures() {
        return failures.values();
    }

    /** Takes note of a listing. */
    void saw(List<Thing> things, Instant now, Duration settling, boolean settled) {
        listed = true;
        unlisted = null;
        listingFailures = 0;
        Set<String> ids = things.stream().map(Thing::id).collect(Collectors.toSet());
        all.values().forEach(member -> member.saw(ids.contains(member.thing.id()), now, settling, settled));
        things.forEach(thing -> all.computeIfAbsent(thing.id(), id -> new Member(thing, keeping.apply(thing), now)));
        if (things.isEmpty()) {
            if (empty == null) {
                empty = now;
            } else {
                proved = settled && !now.isBefore(empty.plus(settling));
            }
            Instant known = empty.plus(settling);
            nextLook = settled || known.isAfter(now) ? known : now.plus(settling.isZero() ? FIRST_LOOK : settling);
        } else {
            empty = null;
            proved = false;
            lookLater(now);
        }
    }

    /** Takes note of a listing that failed. */
    void sawNothing(Exception reason, Instant now) {
        listingFailures++;
        if (listingFailures >= HOPELESS
                || CloudException.find(reason)
                        .filter(one -> FINAL.contains(one.kind()))
                        .isPresent()) {
            unlisted = reason;
        }
        lookLater(now);
    }

    private void lookLater(Instant now) {
        nextLook = now.plus(pause);
        pause = pause.multipliedBy(2).compareTo(LAST_LOOK) < 0 ? pause.multipliedBy(2) : LAST_LOOK;
    }

    /** Looks soon at what has just been removed. */
    void lookNow(Instant now) {
        pause = FIRST_LOOK;
        nextLook = now;
    }

    Instant nextLook() {
        return nextLook;
    }

    /** Gives when the first of some can be tried again. */
    static Optional<Instant> next(Collection<Member> some) {
        return some.stream().map(member -> member.next).min(Instant::compareTo);
    }

    static boolean isDue(Member member, Instant now) {
        return !member.next.isAfter(now);
    }

    /** Tells whether it will be tried again so soon that there is no point in looking whether it is gone. */
    static boolean isBeingRemoved(Member member) {
        return member.there && !member.hopeless && member.accepted == null && member.attempts < DOUBTFUL;
    }
}
