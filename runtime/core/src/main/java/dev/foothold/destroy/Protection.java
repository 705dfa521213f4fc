package dev.foothold.destroy;

import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps a model from being destroyed, by whomever; kept in the state store. Thread-safe. */
public final class Protection {

    private final StateStore store;
    private final String model;
    private final String name;

    /**
     * Gives the protection of a model.
     *
     * @param store where the model's state is kept
     * @param model the model's name
     */
    public Protection(StateStore store, String model) {
        this.store = store;
        this.model = model;
        this.name = model + "/protection";
    }

    /**
     * Says why the model is protected.
     *
     * @return the reason; empty if it is not protected
     * @throws StateException if that cannot be read
     */
    public Optional<String> reason() {
        try {
            return store.read(name).map(StoredObject::text);
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /**
     * Protects the model. A protection that is there gets the new reason.
     *
     * @param reason why; shown to whoever tries to destroy the model
     * @throws IllegalArgumentException if the reason is blank
     * @throws StateException if it cannot be written
     */
    public void set(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("say why model \"" + model + "\" is to be protected");
        }
        write(reason.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes the protection away, if there is one.
     *
     * @throws StateException if it cannot be written
     */
    public void clear() {
        write(null);
    }

    /** Refuses to go on if the model is protected. */
    void require() {
        reason().ifPresent(reason -> {
            throw new ModelProtectedException(model, reason);
        });
    }

    private void write(byte @Nullable [] bytes) {
        try {
            store.overwrite(name, bytes);
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    private StateException failed(String what, IOException cause) {
        return new StateException(
                "the protection of model \"" + model + "\" cannot be " + what + ": " + cause.getMessage(),
                store.locate(name),
                0,
                cause);
    }
}
