package dev.foothold.destroy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.cloud.Resources;
import dev.foothold.destroy.SweepReport.Item;
import dev.foothold.destroy.SweepReport.Orphan;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.ResourceKind;
import dev.foothold.event.Event;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.time.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what carries a controller's tag but belongs to no model on record, and removes it if asked to, in the same way as
 * a model that is on record. Thread-safe.
 *
 * <p>A thing is removed only if it carries the tags of that controller and of a model that has no record, both when it is
 * listed and right before it is removed, and is known to be old enough. Whatever else is found stays, and keeps what it may
 * use.
 */
public final class Sweeper {

    private final Supplier<Map<UUID, String>> live;

    /**
     * Creates a sweeper.
     *
     * @param live gives the models that are on record, names by UUID; asked before every change. What it throws keeps
     *     everything
     */
    public Sweeper(Supplier<Map<UUID, String>> live) {
        this.live = Objects.requireNonNull(live, "live");
    }

    /** What a cloud has of one controller that is on no record. */
    private static final class Census {

        private final Map<UUID, List<Thing>> orphans = new LinkedHashMap<>();
        private final List<Thing> nameless = new ArrayList<>();
        private final Map<String, String> unlisted = new LinkedHashMap<>();

        private void take(Thing thing, Tags tags, Set<UUID> live) {
            Optional<UUID> model = modelOf(tags);
            if (model.isEmpty()) {
                nameless.add(thing);
            } else if (!live.contains(model.get())) {
                orphans.computeIfAbsent(model.get(), uuid -> new ArrayList<>()).add(thing);
            }
        }

        private static Optional<UUID> modelOf(Tags tags) {
            @Nullable String text = tags.asMap().get(Owner.MODEL_UUID);
            try {
                // What is not written as we do is not ours, whatever it means.
                return Optional.ofNullable(text)
                        .map(UUID::fromString)
                        .filter(uuid -> uuid.toString().equals(text));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Sweeps.
     *
     * @param cloud where
     * @param context the operation
     * @param sweep what
     * @return what was found, and what became of it; what could not be removed is named there
     * @throws CloudException if the cloud cannot be asked what instances there are; nothing was removed
     * @throws FootholdException if it cannot be told which models are on record; nothing was removed
     * @throws InterruptedException if the caller was interrupted; call it again to go on
     */
    public SweepReport sweep(Cloud cloud, OperationContext context, Sweep sweep) throws InterruptedException {
        Instant start = context.timeline().now();
        context.tell(Event.OperationStarted::new);
        try {
            SweepReport report = report(cloud, context, sweep, start);
            Duration elapsed = Duration.between(start, context.timeline().now());
            context.tell((at, origin) -> new Event.OperationSucceeded(at, origin, elapsed));
            return report;
        } catch (RuntimeException | InterruptedException e) {
            String reason = e instanceof InterruptedException ? "interrupted" : String.valueOf(e.getMessage());
            context.tell((at, origin) -> new Event.OperationFailed(at, origin, reason));
            throw e;
        }
    }

    private SweepReport report(Cloud cloud, OperationContext context, Sweep sweep, Instant start)
            throws InterruptedException {
        // Before the listing: what is put on record meanwhile is found when it is looked at again.
        Set<UUID> known = Set.copyOf(live.get().keySet());
        Census census = census(cloud, sweep, known);
        List<Orphan> orphans = new ArrayList<>();
        for (Map.Entry<UUID, List<Thing>> entry : census.orphans.entrySet()) {
            Function<Thing, Optional<String>> age = thing -> tooYoung(thing, sweep, start);
            List<Item> items = items(entry.getValue(), age);
            Owner owner = new Owner(entry.getKey(), sweep.controllerUuid());
            orphans.add(
                    sweep.removes()
                                    && items.stream()
                                            .anyMatch(item -> item.left().isEmpty())
                            ? remove(cloud, context, sweep, owner, entry.getValue(), items, age)
                            : new Orphan(owner.modelUuid(), items, null, ""));
        }
        return new SweepReport(
                sweep.controllerUuid(),
                context.timeline().now(),
                sweep.removes(),
                orphans,
                items(census.nameless, thing -> Optional.of("it carries no model's UUID")),
                census.unlisted);
    }

    private static Census census(Cloud cloud, Sweep sweep, Set<UUID> known) throws InterruptedException {
        Census census = new Census();
        UUID controller = sweep.controllerUuid();
        cloud.allInstances(controller).forEach(instance -> census.take(Thing.of(instance), instance.tags(), known));
        if (cloud.resources().isEmpty()) {
            return census;
        }
        Resources resources = cloud.resources().get();
        List<ResourceKind> kinds;
        try {
            kinds = resources.kinds();
        } catch (FootholdException e) {
            census.unlisted.put("other resource", String.valueOf(e.getMessage()));
            return census;
        }
        for (ResourceKind kind : kinds) {
            try {
                resources
                        .resources(kind, controller)
                        .forEach(resource -> census.take(Thing.of(resource), resource.tags(), known));
            } catch (FootholdException e) {
                census.unlisted.put(kind.name(), String.valueOf(e.getMessage()));
            }
        }
        return census;
    }

    /** Removes what is forgotten of one model; a failure is reported, and keeps nothing of other models. */
    private Orphan remove(
            Cloud cloud,
            OperationContext context,
            Sweep sweep,
            Owner owner,
            List<Thing> things,
            List<Item> items,
            Function<Thing, Optional<String>> age)
            throws InterruptedException {
        Set<String> listed = new HashSet<>();
        things.forEach(thing -> listed.add(key(thing)));
        try {
            requireForgotten(owner.modelUuid());
            Cloud fenced = cloud.ownedBy(owner).fenced(() -> requireForgotten(owner.modelUuid()));
            Emptying emptying = new Emptying(
                    contextOf(context, owner),
                    sweep.patience(),
                    Source.of(fenced, List.of()),
                    thing -> age.apply(thing)
                            .or(() -> listed.contains(key(thing))
                                    ? Optional.empty()
                                    : Optional.of("it has come to light only after the sweep had begun")),
                    seen -> true);
            return new Orphan(owner.modelUuid(), items, emptying.run(), "");
        } catch (FootholdException e) {
            return new Orphan(owner.modelUuid(), items, null, String.valueOf(e.getMessage()));
        }
    }

    private void requireForgotten(UUID model) {
        String name = live.get().get(model);
        if (name != null) {
            throw new CloudException(
                    CloudException.Kind.INVALID_REQUEST,
                    "model \"" + name + "\" (" + model + ") is on record by now; nothing more of it is removed");
        }
    }

    private static OperationContext contextOf(OperationContext sweep, Owner owner) {
        return new OperationContext(
                sweep.id(),
                sweep.kind(),
                new ModelSettings(owner.modelUuid().toString(), owner, Tags.none(), List.of()),
                sweep.timeline(),
                sweep.events(),
                sweep.credentials(),
                sweep.redactor());
    }

    private static Optional<String> tooYoung(Thing thing, Sweep sweep, Instant now) {
        Instant created = thing.created();
        if (created == null) {
            return Optional.of("its age is not known");
        }
        return created.isAfter(now.minus(sweep.grace()))
                ? Optional.of("it is younger than " + DurationText.of(sweep.grace()))
                : Optional.empty();
    }

    private static List<Item> items(List<Thing> things, Function<Thing, Optional<String>> keeping) {
        return things.stream()
                .map(thing -> new Item(
                        thing.kind().name(),
                        thing.id(),
                        thing.name(),
                        thing.created(),
                        keeping.apply(thing).orElse("")))
                .toList();
    }

    private static String key(Thing thing) {
        return thing.kind() + " " + thing.id();
    }
}
