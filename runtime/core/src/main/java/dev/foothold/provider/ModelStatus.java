package dev.foothold.provider;

import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.OperationRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says how a model is: what the cloud has of it, and which operation on it has not ended.
 *
 * @param model the model's name
 * @param controllers the machines that run its controller
 * @param zones all of the model's machines by availability zone; the empty name for those without one
 * @param operation the operation that has not ended, or null if there is none
 * @param holder who works on that operation and whether that process is alive; empty if there is none
 * @param advice what the next call would do about that operation; empty if there is none
 */
public record ModelStatus(
        String model,
        List<InstanceId> controllers,
        Map<String, List<Instance>> zones,
        @Nullable OperationRecord operation,
        String holder,
        String advice) {

    /**
     * Copies the collections.
     *
     * @param model the model's name
     * @param controllers the machines that run its controller
     * @param zones all of the model's machines by availability zone
     * @param operation the operation that has not ended, or null
     * @param holder who works on that operation, or empty
     * @param advice what the next call would do about that operation, or empty
     */
    public ModelStatus {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(advice, "advice");
        controllers = List.copyOf(controllers);
        Map<String, List<Instance>> copy = new LinkedHashMap<>();
        zones.forEach((zone, instances) -> copy.put(zone, List.copyOf(instances)));
        zones = Collections.unmodifiableMap(copy);
    }

    /**
     * Gives the operation that has not ended.
     *
     * @return empty if there is none
     */
    public Optional<OperationRecord> unfinished() {
        return Optional.ofNullable(operation);
    }

    /**
     * Describes the status for people.
     *
     * @return a few lines, without a line break at the end
     */
    public String describe() {
        StringBuilder text = new StringBuilder("model \"" + model + "\"\n");
        text.append("controllers: ")
                .append(
                        controllers.isEmpty()
                                ? "none"
                                : controllers.stream().map(InstanceId::value).collect(Collectors.joining(", ")));
        if (zones.isEmpty()) {
            text.append("\nmachines: none");
        }
        zones.forEach((zone, instances) -> text.append('\n')
                .append(zone.isEmpty() ? "without a zone: " : "zone \"" + zone + "\": ")
                .append(instances.stream()
                        .map(instance -> instance.id() + " ("
                                + instance.status().name().toLowerCase(java.util.Locale.ROOT) + ")")
                        .collect(Collectors.joining(", "))));
        text.append("\noperation: ").append(operation == null ? "none" : holder + "\nnext: " + advice);
        return text.toString();
    }

    /** Says what the next call would do about an operation that has not ended, once its process has died. */
    static String advice(OperationRecord operation) {
        boolean undoing = operation.stage() == OperationRecord.Stage.UNDOING;
        return switch (operation.kind()) {
            case "bootstrap" -> {
                String machine = operation.instances().isEmpty()
                        ? operation.starts().isEmpty() ? "from the beginning" : "with the machine it may have started"
                        : "with instance " + operation.instances().get(0);
                yield (undoing
                                ? "bootstrapEnv() takes it back and begins afresh"
                                : "bootstrapEnv() with the same description continues " + machine
                                        + ", and with another one takes it back first")
                        + "; destroyEnv() removes everything";
            }
            case "destroy" -> "destroyEnv() finishes it";
            default -> "launch() or rotateHostKey() takes back what it has made; destroyEnv() removes everything";
        };
    }
}
