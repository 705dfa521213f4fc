package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.Resources;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.UndoScope;
import dev.foothold.journal.Operation;
import dev.foothold.journal.OperationRecord.SideResource;
import dev.foothold.journal.Undo;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Knows what one operation has made besides instances, and how to remove it. Thread-safe. */
final class SideEffects {

    /**
     * Something that was made.
     *
     * @param attempt the token of the start it was made for; empty if for the whole operation
     * @param step removes it; null if only an earlier run knew how, which has died
     */
    private record Made(SideResource resource, String attempt, UndoScope.@Nullable Step step) {}

    private final Cloud cloud;
    private final Operation operation;
    private final List<Made> made = new CopyOnWriteArrayList<>();

    /** Begins with what an earlier run of the operation has made. */
    SideEffects(Cloud cloud, Operation operation) {
        this.cloud = cloud;
        this.operation = operation;
        operation.record().resources().forEach(resource -> made.add(new Made(resource, "", null)));
    }

    /** Gives a scope that notes what is made for one start; empty for the whole operation. */
    UndoScope scope(String attempt) {
        return (kind, id, undo) -> created(attempt, kind, id, Objects.requireNonNull(undo, "undo"));
    }

    private void created(String attempt, ResourceKind kind, String id, UndoScope.Step undo) {
        SideResource resource = new SideResource(kind, id);
        // Noted first: what cannot be written down must still be removed by us.
        made.removeIf(earlier -> earlier.resource.equals(resource));
        made.add(new Made(resource, attempt, undo));
        operation.created(kind, id);
    }

    /** Has everything removed, last first. */
    void registerIn(Undo undo) {
        made.forEach(one -> undo.register(describe(one), () -> remove(one)));
    }

    /** Has removed what was made for starts that came to nothing. */
    void registerFailed(String successful, Undo undo) {
        for (Made one : made) {
            if (!one.attempt.isEmpty() && !one.attempt.equals(successful)) {
                undo.register(describe(one), () -> remove(one));
            }
        }
    }

    /** Has removed what could not be written down any more. */
    void registerUnwritten(Undo undo) {
        List<SideResource> written = operation.record().resources();
        for (Made one : made) {
            if (!written.contains(one.resource)) {
                undo.register(describe(one), () -> remove(one));
            }
        }
    }

    private void remove(Made one) throws Exception {
        UndoScope.Step step = one.step;
        if (step != null) {
            step.run();
        } else {
            delete(cloud, one.resource);
        }
        made.remove(one);
    }

    private static String describe(Made one) {
        return one.resource.kind() + " " + one.resource.id();
    }

    /** Removes what a process has made that has died: its kind and id are on record, and so it is ours. */
    private static void delete(Cloud cloud, SideResource resource) throws InterruptedException {
        Resources resources = cloud.resources()
                .orElseThrow(() -> new BootstrapException(
                        "the environ does not implement HasResources, so " + resource.kind() + " " + resource.id()
                                + " cannot be removed by it; remove it by hand",
                        null));
        resources.delete(Resource.of(resource.kind(), resource.id()).tagged(cloud.owner()));
    }
}
