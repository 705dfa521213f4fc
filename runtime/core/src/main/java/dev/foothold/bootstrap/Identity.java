package dev.foothold.bootstrap;

import dev.foothold.ssh.SshKeyPair;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Keeps the key pair with which a model's machines are logged in to. */
final class Identity {

    private static final String OBJECT = "identity";

    private Identity() {}

    /** Gives the model's key pair, which is made when it is first needed. */
    static SshKeyPair of(StateStore store, String model) {
        String name = model + "/" + OBJECT;
        try {
            Optional<StoredObject> there = store.read(name);
            if (there.isEmpty()) {
                SshKeyPair fresh = SshKeyPair.generate("foothold-" + model);
                if (store.compareAndSet(name, null, fresh.privateKeyText().getBytes(StandardCharsets.UTF_8))) {
                    return fresh;
                }
                there = store.read(name);
            }
            return SshKeyPair.parse(there.orElseThrow(() -> new IOException("it was removed while it was read"))
                    .text());
        } catch (IOException | IllegalArgumentException e) {
            throw new StateException(
                    "the key pair of model \"" + model + "\" at " + store.locate(name) + " cannot be used: "
                            + e.getMessage(),
                    store.locate(name),
                    0,
                    e);
        }
    }
}
