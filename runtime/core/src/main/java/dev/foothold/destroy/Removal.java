package dev.foothold.destroy;

import dev.foothold.cloud.OperationContext;
import dev.foothold.destroy.Members.Member;
import dev.foothold.environ.CloudException;
import dev.foothold.event.Event;
import dev.foothold.instance.InstanceId;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Removes all that is due, so many calls at a time, in batches as large as the cloud takes them. What fails and may be
 * tried again at once joins a later batch; a batch that is not full goes when nothing can fill it any more. What may be
 * tried again later is left.
 */
final class Removal {

    private record Batch(Members kind, List<Member> members) {}

    private final OperationContext context;
    private final int atOnce;
    private final Map<Members, Set<Member>> due = new LinkedHashMap<>();
    private final Map<Task<Map<String, Exception>>, Batch> underWay = new LinkedHashMap<>();
    private final Map<Members, Integer> calls = new HashMap<>();

    Removal(OperationContext context, int atOnce) {
        this.context = context;
        this.atOnce = atOnce;
    }

    /**
     * Removes some things.
     *
     * @param chosen what, by kind
     * @param budget when to give up; what has not been answered by then has failed
     */
    void run(Map<Members, List<Member>> chosen, Duration budget) throws InterruptedException {
        chosen.forEach((kind, members) -> due.put(kind, new LinkedHashSet<>(members)));
        try (Scope scope = context.timeline()
                .open("remove " + chosen.keySet().iterator().next().kind(), budget)) {
            while (true) {
                for (Batch batch = next(); batch != null && underWay.size() < atOnce; batch = next()) {
                    fork(batch, scope);
                }
                if (underWay.isEmpty()) {
                    return;
                }
                Task<Map<String, Exception>> done = scope.awaitFirst(underWay.keySet());
                end(done);
            }
        } catch (TimeoutException e) {
            Instant now = context.timeline().now();
            underWay.values().forEach(batch -> batch.members.forEach(member -> batch.kind.fail(member, e, now)));
        }
    }

    private void fork(Batch batch, Scope scope) {
        Set<Member> waiting = due.get(batch.kind);
        batch.members.forEach(waiting::remove);
        calls.merge(batch.kind, 1, Integer::sum);
        List<Thing> things = batch.members.stream().map(Member::thing).toList();
        underWay.put(
                scope.fork(
                        "remove " + batch.kind.kind() + " " + things.get(0).id(),
                        () -> batch.kind.source().remove(things)),
                batch);
    }

    /** Gives the next batch that can go, which is full unless nothing under way could come back to fill it. */
    private @Nullable Batch next() {
        for (Map.Entry<Members, Set<Member>> entry : due.entrySet()) {
            Members kind = entry.getKey();
            int size = kind.source().maxBatch();
            boolean last = calls.getOrDefault(kind, 0) == 0;
            List<Member> members =
                    new ArrayList<>(entry.getValue().stream().limit(size).toList());
            if (!members.isEmpty() && (members.size() == size || last)) {
                return new Batch(kind, members);
            }
        }
        return null;
    }

    private void end(Task<Map<String, Exception>> task) throws InterruptedException {
        Batch batch = underWay.remove(task);
        calls.merge(batch.kind, -1, Integer::sum);
        @Nullable Exception whole = null;
        Map<String, Exception> single = Map.of();
        try {
            single = task.result();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interruption) {
                throw interruption;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            whole = e.getCause() instanceof Exception failure ? failure : e;
        }
        Instant now = context.timeline().now();
        for (Member member : batch.members) {
            Exception failure = whole == null ? single.get(member.thing().id()) : whole;
            if (failure == null || isGone(failure)) {
                batch.kind.accept(member, now);
                tell(member.thing());
            } else {
                batch.kind.fail(member, failure, now);
                if (batch.kind.mayGo(member) && Members.isDue(member, now) && !batch.kind.isOver(now)) {
                    due.get(batch.kind).add(member);
                }
            }
        }
        batch.kind.lookNow(now);
    }

    private static boolean isGone(Exception failure) {
        return CloudException.find(failure)
                .filter(refusal -> refusal.kind() == CloudException.Kind.NOT_FOUND)
                .isPresent();
    }

    private void tell(Thing thing) {
        if (thing.kind().equals(Thing.INSTANCE)) {
            context.tell((at, origin) -> new Event.InstanceStopped(at, origin, InstanceId.of(thing.id())));
        } else {
            context.tell((at, origin) ->
                    new Event.ResourceDeleted(at, origin, thing.kind().name(), thing.id()));
        }
    }
}
