package dev.foothold.destroy;

import dev.foothold.internal.json.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says what a sweep has found that belongs to no model on record, and what has become of it.
 *
 * @param controllerUuid whose things were looked for
 * @param at when it ended
 * @param removes whether it was to remove what it found; otherwise nothing was changed
 * @param orphans the models that nobody remembers
 * @param nameless things of the controller that say of no model that they are its; never removed
 * @param unlisted why things of a kind could not be listed, by the kind's name, so that there may be more; empty if all
 *     could
 */
public record SweepReport(
        UUID controllerUuid,
        Instant at,
        boolean removes,
        List<Orphan> orphans,
        List<Item> nameless,
        Map<String, String> unlisted) {

    /**
     * A model that nobody remembers.
     *
     * @param modelUuid the model, as its things say
     * @param items everything of it that was found, in the order in which it goes
     * @param receipt what became of them; null in a dry run, and if the removal has failed as a whole
     * @param failure why the removal has failed as a whole; empty if it has not
     */
    public record Orphan(
            UUID modelUuid, List<Item> items, @Nullable DestroyReceipt receipt, String failure) {

        /**
         * Copies the list.
         *
         * @param modelUuid the model
         * @param items everything of it that was found
         * @param receipt what became of them, or null
         * @param failure why the removal has failed as a whole
         */
        public Orphan {
            Objects.requireNonNull(modelUuid, "modelUuid");
            Objects.requireNonNull(failure, "failure");
            items = List.copyOf(items);
        }

        /**
         * Gives what is old enough to be removed.
         *
         * @return the things
         */
        public List<Item> forgotten() {
            return items.stream().filter(item -> item.left().isEmpty()).toList();
        }

        /**
         * Gives what has to stay.
         *
         * @return the things, each with the reason
         */
        public List<Item> left() {
            return items.stream().filter(item -> !item.left().isEmpty()).toList();
        }

        private boolean isEmptied() {
            return receipt != null && receipt.isEmpty();
        }

        private String describe() {
            if (receipt != null) {
                return receipt.describe();
            }
            String model = "model \"" + modelUuid + "\": ";
            StringBuilder text = new StringBuilder(failure.isEmpty() ? "" : model + failure);
            append(text, forgotten(), failure.isEmpty() ? model + "would go:" : "not removed:");
            append(text, left(), failure.isEmpty() && forgotten().isEmpty() ? model + "has to stay:" : "has to stay:");
            return text.toString();
        }

        private static void append(StringBuilder text, List<Item> items, String head) {
            if (!items.isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n").append(head);
                items.forEach(item -> text.append("\n  ").append(item.describe()));
            }
        }

        private Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("model", modelUuid.toString());
            json.put("forgotten", forgotten().stream().map(Item::json).toList());
            json.put("left", left().stream().map(Item::json).toList());
            if (receipt != null) {
                json.put("receipt", receipt.json());
            }
            if (!failure.isEmpty()) {
                json.put("failure", failure);
            }
            return json;
        }
    }

    /**
     * One thing that was found.
     *
     * @param kind what it is, for example {@code instance} or {@code volume}
     * @param id the cloud's name for it
     * @param name what people call it; empty if nothing
     * @param created when it was made, or null if the cloud does not tell
     * @param left why it has to stay; empty if it is to go
     */
    public record Item(
            String kind, String id, String name, @Nullable Instant created, String left) {

        /**
         * Creates an item.
         *
         * @param kind what it is
         * @param id the cloud's name for it
         * @param name what people call it
         * @param created when it was made, or null
         * @param left why it has to stay
         */
        public Item {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(left, "left");
        }

        private String describe() {
            return kind + " " + id + (name.isEmpty() ? "" : " \"" + name + "\"")
                    + (created == null ? "" : ", made " + created) + (left.isEmpty() ? "" : ": " + left);
        }

        private Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("kind", kind);
            json.put("id", id);
            if (!name.isEmpty()) {
                json.put("name", name);
            }
            if (created != null) {
                json.put("created", created.toString());
            }
            if (!left.isEmpty()) {
                json.put("reason", left);
            }
            return json;
        }
    }

    /**
     * Copies the collections.
     *
     * @param controllerUuid whose things were looked for
     * @param at when it ended
     * @param removes whether it was to remove what it found
     * @param orphans the models that nobody remembers
     * @param nameless things that say of no model that they are its
     * @param unlisted why things of a kind could not be listed, by the kind's name
     */
    public SweepReport {
        Objects.requireNonNull(controllerUuid, "controllerUuid");
        Objects.requireNonNull(at, "at");
        orphans = List.copyOf(orphans);
        nameless = List.copyOf(nameless);
        unlisted = Collections.unmodifiableMap(new LinkedHashMap<>(unlisted));
    }

    /**
     * Tells whether nothing of the controller is left that belongs to no model on record.
     *
     * @return true if everything could be listed, and nothing was found or all of it is proved to be gone
     */
    public boolean isClean() {
        return unlisted.isEmpty() && nameless.isEmpty() && orphans.stream().allMatch(Orphan::isEmptied);
    }

    /**
     * Describes the outcome for people.
     *
     * @return a few lines, without a line break at the end
     */
    public String describe() {
        StringBuilder text = new StringBuilder("controller " + controllerUuid + ": ");
        if (orphans.isEmpty()) {
            text.append(unlisted.isEmpty() ? "nothing is forgotten" : "nothing that could be listed is forgotten");
        } else {
            text.append(orphans.size() == 1 ? "1 model is" : orphans.size() + " models are")
                    .append(" on no record");
            if (!removes) {
                text.append("; a dry run, nothing is removed");
            }
        }
        orphans.forEach(orphan -> text.append('\n').append(orphan.describe()));
        if (!nameless.isEmpty()) {
            text.append("\nof no model, to be removed by hand:");
            nameless.forEach(item -> text.append("\n  ").append(item.describe()));
        }
        unlisted.forEach((kind, reason) -> text.append("\nthere may be more: any ")
                .append(kind)
                .append(" cannot be listed: ")
                .append(reason));
        return text.toString();
    }

    /**
     * Gives the report to programs.
     *
     * @return JSON: {@code controller}, {@code at}, {@code removes}; {@code orphans}, a list of {@code model}, {@code
     *     forgotten} and {@code left}, which are lists of things, {@code receipt} as {@link DestroyReceipt#toJson()} has
     *     it, and {@code failure} if there is one; {@code nameless}, a list of things; {@code unlisted}, reasons by kind.
     *     A thing has {@code kind}, {@code id}, {@code name}, {@code created} and {@code reason} if there is one
     */
    public String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("controller", controllerUuid.toString());
        json.put("at", at.toString());
        json.put("removes", removes);
        json.put("orphans", orphans.stream().map(Orphan::json).toList());
        json.put("nameless", nameless.stream().map(Item::json).toList());
        json.put("unlisted", unlisted);
        return Json.pretty(json);
    }
}
