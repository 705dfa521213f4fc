package dev.foothold.destroy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.destroy.DestroyReceipt.Item;
import dev.foothold.destroy.DestroyReceipt.Outcome;
import dev.foothold.destroy.Members.Member;
import dev.foothold.environ.ResourceKind;
import dev.foothold.event.Event;
import dev.foothold.instance.InstanceId;
import dev.foothold.time.DurationText;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Removes the things of some kinds, users before what they use, and looks until all are gone. What fails is tried again
 * until the time of its kind is over, and keeps nothing that does not depend on it.
 */
final class Emptying {

    private static final int NAMED = 3;

    private final OperationContext context;
    private final DestroyParams params;
    private final Predicate<Set<InstanceId>> settled;
    private final Instant began;
    private final Members instances;
    private final List<Members> kinds = new ArrayList<>();
    private final Map<Members, List<Members>> users = new HashMap<>();
    private final Set<Members> told = new HashSet<>();
    private final Set<InstanceId> seen = new HashSet<>();

    /**
     * Prepares it.
     *
     * @param sources instances first
     * @param keeping says why a thing has to stay, which keeps what it may use; empty if it is to go
     * @param settled tells, given all instances that were ever listed, whether empty listings prove something by now
     */
    Emptying(
            OperationContext context,
            DestroyParams params,
            List<Source> sources,
            Function<Thing, Optional<String>> keeping,
            Predicate<Set<InstanceId>> settled) {
        this.context = context;
        this.params = params;
        this.settled = settled;
        this.began = context.timeline().now();
        sources.forEach(source -> kinds.add(new Members(source, keeping, began)));
        this.instances = kinds.get(0);
        kinds.forEach(kind -> users.put(kind, usersOf(kind)));
    }

    /** Tells whether something may have been removed. */
    boolean hasBegun() {
        return kinds.stream()
                .flatMap(kind -> kind.all().stream())
                .anyMatch(member -> member.isAccepted() || member.refusal().isPresent());
    }

    /**
     * Does it, once.
     *
     * @return what became of everything that was seen
     * @throws dev.foothold.environ.CloudException if instances cannot be listed; nothing was removed then
     */
    DestroyReceipt run() throws InterruptedException {
        instances.begin(began, params.timeout());
        look(List.of(instances));
        while (true) {
            Instant now = context.timeline().now();
            Map<Members, List<Member>> due = new LinkedHashMap<>();
            kinds.forEach(kind -> {
                List<Member> members = removable(kind, now)
                        .filter(member -> Members.isDue(member, now))
                        .toList();
                if (!members.isEmpty()) {
                    due.put(kind, members);
                }
            });
            if (!due.isEmpty()) {
                remove(due);
                continue;
            }
            List<Members> unclear =
                    kinds.stream().filter(kind -> isWorthALook(kind, now)).toList();
            List<Members> ripe = unclear.stream()
                    .filter(kind -> !kind.nextLook().isAfter(now))
                    .toList();
            if (!ripe.isEmpty()) {
                look(ripe);
                continue;
            }
            Instant next = Stream.concat(
                            unclear.stream().map(Members::nextLook),
                            kinds.stream()
                                    .flatMap(kind ->
                                            Members.next(removable(kind, now).toList()).stream()))
                    .min(Instant::compareTo)
                    .orElse(null);
            if (next == null) {
                return receipt();
            }
            context.timeline().sleep(Duration.between(now, next));
        }
    }

    /** Gives what can be removed of a kind, now or in a moment. */
    private Stream<Member> removable(Members kind, Instant now) {
        if (!kind.isListed() || kind.isOver(now)) {
            return Stream.empty();
        }
        return kind.there().stream().filter(kind::mayGo).filter(member -> isFree(kind, member));
    }

    /** Tells whether nothing is left that may use a thing. */
    private boolean isFree(Members kind, Member member) {
        if (kind == instances) {
            return true;
        }
        for (Members user : users.get(kind)) {
            if (!user.areGone() && !(user == instances && isUnused(member))) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a thing that one instance alone uses is free of it, whatever other instances there are. */
    private boolean isUnused(Member member) {
        InstanceId user = member.thing().user();
        return instances.isListed() && user != null && !instances.has(user.value());
    }

    private List<Members> usersOf(Members kind) {
        List<ResourceKind> named = kind.source().users();
        return kinds.stream()
                .filter(user -> user == instances || named.contains(user.kind()))
                .toList();
    }

    /** Tells whether a listing may show something that is not known yet. */
    private boolean isWorthALook(Members kind, Instant now) {
        if (kind.areProvedGone() || kind.unlisted().isPresent()) {
            return false;
        }
        if (!kind.isListed() || kind.areGone()) {
            return true;
        }
        if (kind.there().stream().anyMatch(member -> canGoOn(kind, member, now) && Members.isBeingRemoved(member))) {
            return false; // it is about to be tried again, and still there
        }
        return kind.hasUnproved()
                || kind.there().stream()
                        .anyMatch(member -> !kind.isOver(now) && (member.isAccepted() || isRefused(kind, member)));
    }

    private boolean canGoOn(Members kind, Member member, Instant now) {
        return !kind.isOver(now) && isFree(kind, member);
    }

    private boolean isRefused(Members kind, Member member) {
        return kind.mayGo(member) && isFree(kind, member) && member.refusal().isPresent();
    }

    private void remove(Map<Members, List<Member>> due) throws InterruptedException {
        Instant now = context.timeline().now();
        due.forEach((kind, members) -> {
            kind.begin(now, params.timeout());
            if (told.add(kind)) {
                context.tell((at, origin) ->
                        new Event.Removing(at, origin, kind.kind().name(), members.size()));
            }
        });
        new Removal(context, params.atOnce()).run(due, params.timeout());
    }

    private void look(List<Members> chosen) throws InterruptedException {
        Map<Members, Task<List<Thing>>> listings = new LinkedHashMap<>();
        try (Scope scope = context.timeline().open("list " + chosen.get(0).kind(), params.timeout())) {
            for (Members kind : chosen) {
                listings.put(
                        kind,
                        scope.fork("list " + kind.kind(), () -> kind.source().list(params.timeout())));
            }
            scope.awaitAll();
        } catch (TimeoutException e) {
            // Those that have ended are of use all the same.
        }
        for (Map.Entry<Members, Task<List<Thing>>> listing : listings.entrySet()) {
            take(listing.getKey(), listing.getValue());
        }
    }

    private void take(Members kind, Task<List<Thing>> listing) throws InterruptedException {
        Instant now = context.timeline().now();
        try {
            List<Thing> things = listing.result();
            if (kind == instances) {
                things.forEach(thing -> seen.add(InstanceId.of(thing.id())));
            }
            kind.saw(things, now, params.settling(), kind != instances || settled.test(seen));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interruption) {
                throw interruption;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            RuntimeException failure = e.getCause() instanceof RuntimeException known
                    ? known
                    : new FootholdException(String.valueOf(e.getCause().getMessage()), e.getCause());
            kind.sawNothing(failure, now);
            if (kind == instances && !kind.isListed() && kind.unlisted().isPresent()) {
                throw failure;
            }
        }
    }

    // ---- What has become of it

    private DestroyReceipt receipt() {
        List<Item> items = new ArrayList<>();
        Map<String, String> unlisted = new LinkedHashMap<>();
        for (Members kind : kinds) {
            kind.all().forEach(member -> items.add(item(kind, member)));
            kind.unlisted().ifPresent(reason -> unlisted.put(kind.kind().name(), String.valueOf(reason.getMessage())));
        }
        return new DestroyReceipt(
                context.model().name(), began, context.timeline().now(), items, unlisted);
    }

    private Item item(Members kind, Member member) {
        Thing thing = member.thing();
        if (!member.isThere()) {
            return member.isProvedGone()
                    ? item(member, Outcome.DELETED, "")
                    : item(member, Outcome.UNKNOWN, "not listed any more, but that is not proved");
        }
        if (kind.unlisted().isPresent() && member.isAccepted()) {
            return item(member, Outcome.UNKNOWN, "deleted, but whether it is gone cannot be seen");
        }
        if (member.refusal().isPresent()) {
            return item(member, Outcome.KEPT, member.refusal().get());
        }
        if (member.isAccepted()) {
            return item(member, Outcome.KEPT, "still listed after " + DurationText.of(params.timeout()));
        }
        String left = users.get(kind).stream()
                .filter(user -> !user.areGone() && user != kind)
                .map(Emptying::describe)
                .collect(Collectors.joining(", "));
        return item(
                member,
                Outcome.KEPT,
                thing.kind().equals(Thing.INSTANCE) || left.isEmpty() ? "not removed" : "may be used by " + left);
    }

    private static Item item(Member member, Outcome outcome, String reason) {
        Thing thing = member.thing();
        return new Item(thing.kind().name(), thing.id(), thing.name(), outcome, reason, member.changed());
    }

    private static String describe(Members kind) {
        List<Member> left = kind.there();
        if (left.isEmpty()) {
            return "any " + kind.kind() + ", as they cannot be listed";
        }
        return left.stream()
                        .limit(NAMED)
                        .map(member -> kind.kind() + " " + member.thing().id())
                        .collect(Collectors.joining(", "))
                + (left.size() > NAMED ? " and " + (left.size() - NAMED) + " more" : "");
    }

    /** Gives what was thrown about what was refused, of many about some. */
    List<Exception> failures() {
        return Stream.concat(
                        kinds.stream().flatMap(kind -> kind.failures().stream()),
                        kinds.stream().flatMap(kind -> kind.unlisted().stream()))
                .toList();
    }
}
