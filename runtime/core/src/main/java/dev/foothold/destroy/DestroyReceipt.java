package dev.foothold.destroy;

import dev.foothold.environ.ResourceKind;
import dev.foothold.instance.InstanceId;
import dev.foothold.internal.json.Json;
import dev.foothold.time.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Says what destroying a model has removed, and what it has not.
 *
 * @param model the model's name
 * @param began when it began
 * @param ended when it ended
 * @param items everything that was seen, instances first
 * @param unlisted why the things of a kind could not be listed in the end, by the kind's name; empty if all could
 */
public record DestroyReceipt(
        String model, Instant began, Instant ended, List<Item> items, Map<String, String> unlisted) {

    /** What has become of something. */
    public enum Outcome {

        /** It was there, and two listings in a row were without it. */
        DELETED,

        /** It is still there. */
        KEPT,

        /** It may be there or not: it was deleted, but that could not be verified. */
        UNKNOWN
    }

    /**
     * One thing that was seen.
     *
     * @param kind what it is, for example {@code instance} or {@code volume}
     * @param id the cloud's name for it
     * @param name what people call it; empty if nothing
     * @param outcome what has become of it
     * @param reason why it is not deleted; empty if it is
     * @param at when something was last heard of it: when its deletion was accepted or refused, or when it was listed
     */
    public record Item(String kind, String id, String name, Outcome outcome, String reason, Instant at) {

        /**
         * Creates an item.
         *
         * @param kind what it is
         * @param id the cloud's name for it
         * @param name what people call it
         * @param outcome what has become of it
         * @param reason why it is not deleted
         * @param at when something was last heard of it
         */
        public Item {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(at, "at");
        }

        /**
         * Describes it for messages.
         *
         * @return for example {@code volume vol-1 "data": in use}
         */
        public String describe() {
            return kind + " " + id + (name.isEmpty() ? "" : " \"" + name + "\"")
                    + (reason.isEmpty() ? "" : ": " + reason);
        }

        private Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", kind);
            json.put("id", id);
            if (!name.isEmpty()) {
                json.put("name", name);
            }
            if (!reason.isEmpty()) {
                json.put("reason", reason);
            }
            json.put("at", at.toString());
            return json;
        }
    }

    /**
     * Copies the collections.
     *
     * @param model the model's name
     * @param began when it began
     * @param ended when it ended
     * @param items everything that was seen
     * @param unlisted why the things of a kind could not be listed in the end
     */
    public DestroyReceipt {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(began, "began");
        Objects.requireNonNull(ended, "ended");
        items = List.copyOf(items);
        unlisted = Collections.unmodifiableMap(new LinkedHashMap<>(unlisted));
    }

    /**
     * Gives what is proved to be gone.
     *
     * @return the things
     */
    public List<Item> deleted() {
        return with(Outcome.DELETED);
    }

    /**
     * Gives what is still there.
     *
     * @return the things, each with the reason
     */
    public List<Item> kept() {
        return with(Outcome.KEPT);
    }

    /**
     * Gives what may still be there.
     *
     * @return the things, each with the reason
     */
    public List<Item> unknown() {
        return with(Outcome.UNKNOWN);
    }

    /**
     * Gives the instances that are proved to be gone.
     *
     * @return their ids
     */
    public List<InstanceId> deletedInstances() {
        return deleted().stream()
                .filter(item -> item.kind().equals(Thing.INSTANCE.name()))
                .map(item -> InstanceId.of(item.id()))
                .toList();
    }

    /**
     * Tells whether it has been proved that nothing is left.
     *
     * @return true if nothing is kept or unknown, and everything could be listed
     */
    public boolean isEmpty() {
        return unlisted.isEmpty() && items.stream().allMatch(item -> item.outcome == Outcome.DELETED);
    }

    /**
     * Describes the outcome for people.
     *
     * @return one line, and one more for everything that is, or may be, left
     */
    public String describe() {
        StringBuilder text = new StringBuilder("model \"" + model + "\": " + counted(deleted()) + " deleted in "
                + DurationText.of(Duration.between(began, ended)));
        if (isEmpty()) {
            return text.append(", nothing left").toString();
        }
        text.append(", ").append(counted(kept())).append(" kept");
        if (!unknown().isEmpty()) {
            text.append(", ").append(counted(unknown())).append(" unknown");
        }
        text.append(':');
        kept().forEach(item -> text.append("\n  ").append(item.describe()));
        unknown().forEach(item -> text.append("\n  ").append(item.describe()));
        unlisted.forEach((kind, reason) -> text.append("\n  any ")
                .append(kind)
                .append(", as they cannot be listed: ")
                .append(reason));
        return text.toString();
    }

    /**
     * Gives the receipt to programs.
     *
     * @return JSON: {@code model}, {@code began}, {@code ended}; {@code deleted}, {@code kept} and {@code unknown}, lists
     *     of {@code kind}, {@code id}, {@code name} and {@code reason} if there is one, {@code at}; {@code unlisted},
     *     reasons by kind
     */
    public String toJson() {
        return Json.pretty(json());
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", model);
        json.put("began", began.toString());
        json.put("ended", ended.toString());
        json.put("deleted", deleted().stream().map(Item::json).toList());
        json.put("kept", kept().stream().map(Item::json).toList());
        json.put("unknown", unknown().stream().map(Item::json).toList());
        json.put("unlisted", unlisted);
        return json;
    }

    private List<Item> with(Outcome outcome) {
        return items.stream().filter(item -> item.outcome == outcome).toList();
    }

    /** Counts by kind, for example {@code 3 instances, 1 volume}; {@code nothing} for none. */
    private static String counted(List<Item> some) {
        if (some.isEmpty()) {
            return "nothing";
        }
        Map<String, Long> counts =
                some.stream().collect(Collectors.groupingBy(Item::kind, LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(entry -> ResourceKind.of(entry.getKey()).counted(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
