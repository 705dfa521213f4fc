package dev.foothold.bootstrap;

import dev.foothold.ssh.SshKeyPair;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Keeps the key pairs with which machines are logged in to: one for each operation that makes machines. Each object is
 * a private key file of OpenSSH.
 */
final class Identity {

    private final StateStore store;
    private final String model;

    Identity(StateStore store, String model) {
        this.store = store;
        this.model = model;
    }

    /** Makes the key pair of an operation, or gives the one that an earlier run has made. */
    SshKeyPair create(String operation) {
        Optional<SshKeyPair> earlier = of(operation);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        SshKeyPair fresh = SshKeyPair.generate("foothold-" + model);
        String name = nameOf(operation);
        try {
            if (!store.compareAndSet(name, null, fresh.privateKeyText().getBytes(StandardCharsets.UTF_8))) {
                throw new IOException("operation " + operation + " has one already");
            }
            return fresh;
        } catch (IOException e) {
            throw failed(operation, "cannot be kept", e);
        }
    }

    /** Gives the key pair of an operation; empty if there is none. */
    Optional<SshKeyPair> of(String operation) {
        try {
            return store.read(nameOf(operation)).map(StoredObject::text).map(SshKeyPair::parse);
        } catch (IOException | IllegalArgumentException e) {
            throw failed(operation, "cannot be used", e);
        }
    }

    /** Forgets the key pair of an operation that has left no machine. */
    void remove(String operation) {
        String name = nameOf(operation);
        try {
            store.overwrite(name, null);
        } catch (IOException e) {
            throw failed(operation, "cannot be removed", e);
        }
    }

    String nameOf(String operation) {
        return model + "/identities/" + StateNames.part(operation);
    }

    private StateException failed(String operation, String what, Exception cause) {
        return new StateException(
                "the key pair of model \"" + model + "\" at " + store.locate(nameOf(operation)) + " " + what + ": "
                        + cause.getMessage(),
                store.locate(nameOf(operation)),
                0,
                cause);
    }
}
