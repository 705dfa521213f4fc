package dev.foothold.bootstrap;

import dev.foothold.instance.InstanceId;
import dev.foothold.ssh.HostKeyVerifier;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the public host keys of each machine, so that it is recognised on later days.
 *
 * <p>Each object is a {@code known_hosts} file of OpenSSH, in which the machine has its id for a name: its addresses may
 * change.
 */
final class HostPins {

    private final StateStore store;
    private final String model;

    HostPins(StateStore store, String model) {
        this.store = store;
        this.model = model;
    }

    /** Gives the name by which a machine stands in its file. */
    static String aliasOf(InstanceId id) {
        return StateNames.part(id.value());
    }

    /** Keeps the keys that a machine may show from now on, instead of those that it might show before. */
    void keep(InstanceId id, List<SshPublicKey> hostKeys) {
        String lines = String.join("\n", HostKeyVerifier.pinned(hostKeys).knownHosts(aliasOf(id))) + "\n";
        set(id, lines.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives the keys that a machine may show; empty if none are kept. */
    List<SshPublicKey> of(InstanceId id) {
        String name = nameOf(id);
        try {
            List<SshPublicKey> keys = new ArrayList<>();
            for (String line :
                    store.read(name).map(StoredObject::text).orElse("").lines().toList()) {
                String[] parts = line.strip().split(" ", 2);
                if (parts.length == 2) {
                    keys.add(SshPublicKey.parse(parts[1]));
                }
            }
            return keys;
        } catch (IOException | IllegalArgumentException e) {
            throw failed(id, "cannot be read", e);
        }
    }

    void remove(InstanceId id) {
        set(id, null);
    }

    private void set(InstanceId id, byte @Nullable [] bytes) {
        String name = nameOf(id);
        try {
            store.overwrite(name, bytes);
        } catch (IOException e) {
            throw failed(id, "cannot be kept", e);
        }
    }

    String nameOf(InstanceId id) {
        return model + "/pins/" + aliasOf(id);
    }

    private StateException failed(InstanceId id, String what, Exception cause) {
        return new StateException(
                "the host keys of instance " + id + " " + what + " at " + store.locate(nameOf(id)) + ": "
                        + cause.getMessage(),
                store.locate(nameOf(id)),
                0,
                cause);
    }
}
