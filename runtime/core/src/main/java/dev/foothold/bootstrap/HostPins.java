package dev.foothold.bootstrap;

import dev.foothold.instance.InstanceId;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the public host key that each machine was given, so that it is recognised on later days. */
final class HostPins {

    private final StateStore store;
    private final String model;

    HostPins(StateStore store, String model) {
        this.store = store;
        this.model = model;
    }

    void keep(InstanceId id, SshPublicKey hostKey) {
        set(id, (hostKey.line() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void remove(InstanceId id) {
        set(id, null);
    }

    private void set(InstanceId id, byte @Nullable [] bytes) {
        String name = nameOf(id);
        try {
            boolean done = false;
            while (!done) {
                Optional<StoredObject> there = store.read(name);
                done = there.isEmpty() && bytes == null
                        || store.compareAndSet(
                                name, there.map(StoredObject::version).orElse(null), bytes);
            }
        } catch (IOException e) {
            throw new StateException(
                    "the host key of instance " + id + " cannot be kept at " + store.locate(name) + ": "
                            + e.getMessage(),
                    store.locate(name),
                    0,
                    e);
        }
    }

    /** Ids of clouds may hold anything; what a name in the store may not hold is written as an underscore and hex. */
    private String nameOf(InstanceId id) {
        StringBuilder name = new StringBuilder(model).append("/pins/");
        for (byte b : id.value().getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '-';
            name.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "_%02x", b));
        }
        return name.toString();
    }
}
