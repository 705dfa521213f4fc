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
        String holder = "process " + ProcessHandle.current().pid();
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", id);
        record.put("kind", kind);
        record.put("holder", holder);
        record.put("since", now.toString());
        byte[] bytes = YamlText.render(record).getBytes(StandardCharsets.UTF_8);
        try {
            if (store.compareAndSet(name, null, bytes)) {
                return new Operation(store, name, bytes);
            }
            String there = store.read(name).map(StoredObject::text).orElse("");
            throw new OperationInProgressException(
                    "model \"" + model + "\" is being worked on, or a process that did was killed: "
                            + there.strip().replace("\n", ", ") + " (" + store.locate(name)
                            + "); wait for it, or destroy the model to clean up what it left");
        } catch (IOException e) {
            throw failed("claim", store, name, e);
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

    /**
     * Removes whatever claim there is on a model, for destroying it with everything it has.
     *
     * @param store where the claim is kept
     * @param model the model's name
     * @throws StateException if the store cannot be written
     */
    public static void remove(StateStore store, String model) {
        String name = nameOf(model);
        try {
            Optional<StoredObject> there = store.read(name);
            if (there.isPresent()) {
                store.compareAndSet(name, there.get().version(), null);
            }
        } catch (IOException e) {
            throw failed("remove the claim on", store, name, e);
        }
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
