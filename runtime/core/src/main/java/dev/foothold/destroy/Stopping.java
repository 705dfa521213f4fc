package dev.foothold.destroy;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.instance.InstanceId;
import dev.foothold.state.NotBootstrappedException;
import dev.foothold.state.ProviderState;
import dev.foothold.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Stops some of a model's instances, and proves by listing that they are gone; all else of the model stays. Safe to repeat;
 * thread-safe.
 */
public final class Stopping {

    private final StateStore store;

    /**
     * Creates a stopping.
     *
     * @param store where the model's state is kept
     */
    public Stopping(StateStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * Stops instances.
     *
     * @param cloud where
     * @param context the operation
     * @param ids which; what is not there needs no stopping
     * @param params how patiently
     * @return those that were there and are gone
     * @throws FootholdException if one of them is the model's controller; nothing was stopped then
     * @throws DestroyException if one of them is still there, or may be; its receipt says which and why
     * @throws dev.foothold.environ.CloudException if the cloud cannot be asked what instances there are
     * @throws InterruptedException if the caller was interrupted; call it again to go on
     */
    public List<InstanceId> stop(
            Cloud cloud, OperationContext context, Collection<InstanceId> ids, DestroyParams params)
            throws InterruptedException {
        Set<InstanceId> chosen = new LinkedHashSet<>(ids);
        requireNoController(context.model().name(), chosen);
        if (chosen.isEmpty()) {
            return List.of();
        }
        Instant start = context.timeline().now();
        context.tell(Event.OperationStarted::new);
        try {
            Emptying emptying = new Emptying(
                    context,
                    params,
                    List.of(new Source.Instances(cloud, List.copyOf(chosen), chosen::contains, cloud.maxBatch())),
                    thing -> Optional.empty(),
                    seen -> true);
            DestroyReceipt receipt = emptying.run();
            if (!receipt.isEmpty()) {
                throw DestroyException.of(receipt, "stop them again to go on", emptying.failures());
            }
            Duration elapsed = Duration.between(start, context.timeline().now());
            context.tell((at, origin) -> new Event.OperationSucceeded(at, origin, elapsed));
            return receipt.deletedInstances();
        } catch (RuntimeException | InterruptedException e) {
            String reason = e instanceof InterruptedException ? "interrupted" : String.valueOf(e.getMessage());
            context.tell((at, origin) -> new Event.OperationFailed(at, origin, reason));
            throw e;
        }
    }

    private void requireNoController(String model, Set<InstanceId> chosen) {
        List<InstanceId> controllers;
        try {
            controllers = new ProviderState(store, model).providerStateInstances();
        } catch (NotBootstrappedException e) {
            return;
        }
        controllers.stream().filter(chosen::contains).findFirst().ifPresent(id -> {
            throw new FootholdException(
                    "instance " + id + " is the controller of model \"" + model
                            + "\" and goes with it: destroyEnv() removes both",
                    null);
        });
    }
}
