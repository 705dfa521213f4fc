package dev.foothold.destroy;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what destroying a model would remove: a dry run.
 *
 * @param model the model's name
 * @param items everything that would go, in the order in which it would
 * @param state the objects in the state store that would go last
 * @param protection why the model is protected, so that it would be refused; null if it is not
 */
public record DestroyPlan(
        String model,
        List<Item> items,
        List<String> state,
        @Nullable String protection) {

    /**
     * One thing that would go.
     *
     * @param kind what it is, for example {@code instance} or {@code volume}
     * @param id the cloud's name for it
     * @param name what people call it; empty if nothing
     */
    public record Item(String kind, String id, String name) {

        /**
         * Creates an item.
         *
         * @param kind what it is
         * @param id the cloud's name for it
         * @param name what people call it
         */
        public Item {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
        }

        boolean isSame(Item other) {
            return kind.equals(other.kind) && id.equals(other.id);
        }

        private String describe() {
            return kind + " " + id + (name.isEmpty() ? "" : " \"" + name + "\"");
        }
    }

    /**
     * Copies the lists.
     *
     * @param model the model's name
     * @param items everything that would go
     * @param state the objects in the state store that would go last
     * @param protection why the model is protected; null if it is not
     */
    public DestroyPlan {
        Objects.requireNonNull(model, "model");
        items = List.copyOf(items);
        state = List.copyOf(state);
    }

    /**
     * Describes the plan for people.
     *
     * @return a few lines, without a line break at the end
     */
    public String describe() {
        String head = "model \"" + model + "\": " + (items.isEmpty() ? "nothing is there" : "would go, in this order:");
        String lines = items.stream().map(item -> "\n  " + item.describe()).collect(Collectors.joining());
        String kept = state.isEmpty() ? "" : "\nstate: " + String.join(", ", state);
        return head + lines + kept + (protection == null ? "" : "\nbut the model is protected: " + protection);
    }
}
