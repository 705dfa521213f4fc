package dev.foothold.journal;

import dev.foothold.internal.yaml.YamlText;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Claims a model for one operation. The claim is an object in the state store, created only where there was none: of
 * two operations that start at the same time one gets it. Thread-safe.
 */
public final class Operation {

    private static final String OBJECT = "operation";

    private final StateStore store;
    private final String name;
    private final byte[] record;

    private Operation(StateStore store, String name, byte[] record) {
        this.store = store;
        this.name = name;
        this.record = record;
    }

    /**
     * Claims a model.
     *
     * @param store where the claim is kept
     * @param model the model's name
     * @param id the operation's id
     * @param kind what is done, for example {@code bootstrap}
     * @param now the moment
     * @return the claim, to be {@linkplain #release released} at the end
     * @throws OperationInProgressException if another operation has claimed the model; it may have been killed
     * @throws StateException if the store cannot be read or written
     */
    public static Operation claim(StateStore store, String model, String id, String kind, Instant now) {
        String name = nameOf(model);
        byte[] bytes = record(id, kind, now);
        try {
            if (store.compareAndSet(name, null, bytes)) {
                return new Operation(store, name, bytes);
            }
            throw new OperationInProgressException("model \"" + model
                    + "\" is being worked on, or a process that did was killed: "
                    + store.read(name).map(Operation::describe).orElse("it has ended just now") + " ("
                    + store.locate(name) + "); wait for it, or destroy the model to clean up what it left");
        } catch (IOException e) {
            throw failed("claim", store, name, e);
        }
    }

    /**
     * Claims a model, whoever has claimed it before: for destroying it with everything it has. Whoever had it learns
     * that from {@link #requireHeld}.
     *
     * @param store where the claim is kept
     * @param model the model's name
     * @param id the operation's id
     * @param kind what is done, for example {@code destroy}
     * @param now the moment
     * @return the claim, to be {@linkplain #release released} at the end
     * @throws StateException if the store cannot be read or written
     */
    public static Operation takeOver(StateStore store, String model, String id, String kind, Instant now) {
        String name = nameOf(model);
        byte[] bytes = record(id, kind, now);
        try {
            while (true) {
                String version = store.read(name).map(StoredObject::version).orElse(null);
                if (store.compareAndSet(name, version, bytes)) {
                    return new Operation(store, name, bytes);
                }
            }
        } catch (IOException e) {
            throw failed("take over", store, name, e);
        }
    }

    /**
     * Makes sure that the model is still ours, before something is done that cannot be shared.
     *
     * @throws OperationInProgressException if another operation has taken it over
     * @throws StateException if the store cannot be read
     */
    public void requireHeld() {
        try {
            Optional<StoredObject> there = store.read(name);
            if (there.isEmpty() || !Arrays.equals(there.get().bytes(), record)) {
                throw new OperationInProgressException("the operation was ended by another one: "
                        + there.map(Operation::describe).orElse("its model was destroyed") + " ("
                        + store.locate(name) + ")");
            }
        } catch (IOException e) {
            throw failed("check the claim on", store, name, e);
        }
    }

    /**
     * Gives the model free. If the claim has been removed or is another's by now, nothing is done.
     *
     * @throws StateException if the store cannot be written
     */
    public void release() {
        try {
            Optional<StoredObject> there = store.read(name);
            if (there.isPresent() && Arrays.equals(there.get().bytes(), record)) {
                store.compareAndSet(name, there.get().version(), null);
            }
        } catch (IOException e) {
            throw failed("give up the claim on", store, name, e);
        }
    }

    private static byte[] record(String id, String kind, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", id);
        record.put("kind", kind);
        record.put("holder", "process " + ProcessHandle.current().pid());
        record.put("since", now.toString());
        return YamlText.render(record).getBytes(StandardCharsets.UTF_8);
    }

    private static String describe(StoredObject claim) {
        return claim.text().strip().replace("\n", ", ");
    }

    private static String nameOf(String model) {
        return model + "/" + OBJECT;
    }

    private static StateException failed(String what, StateStore store, String name, IOException cause) {
        return new StateException(
                "cannot " + what + " a model at " + store.locate(name) + ": " + cause.getMessage(),
                store.locate(name),
                0,
                cause);
    }
}
