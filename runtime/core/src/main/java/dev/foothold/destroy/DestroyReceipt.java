package dev.foothold.destroy;

import dev.foothold.instance.InstanceId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Says what destroying a model has removed, and what it has not.
 *
 * @param model the model's name
 * @param deleted what was there and is not listed any more
 * @param left what is still there, or may be, with the reason
 */
public record DestroyReceipt(String model, List<InstanceId> deleted, Map<InstanceId, String> left) {

    /**
     * Copies the collections.
     *
     * @param model the model's name
     * @param deleted what was there and is not listed any more
     * @param left what is still there, or may be, with the reason
     */
    public DestroyReceipt {
        deleted = List.copyOf(deleted);
        left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
    }

    /**
     * Tells whether it has been proved that nothing is left.
     *
     * @return true if two listings in a row were empty
     */
    public boolean isEmpty() {
        return left.isEmpty();
    }

    /**
     * Describes the outcome for messages.
     *
     * @return one line, and one more for everything that is left
     */
    public String describe() {
        String head = "model \"" + model + "\": " + deleted.size() + " deleted, ";
        return isEmpty()
                ? head + "nothing left"
                : head + left.size() + " left:\n"
                        + left.entrySet().stream()
                                .map(entry -> "  instance " + entry.getKey() + ": " + entry.getValue())
                                .collect(Collectors.joining("\n"));
    }
}
