package dev.foothold.bootstrap;

import dev.foothold.internal.yaml.YamlException;
import dev.foothold.internal.yaml.YamlText;
import dev.foothold.model.ModelSettings;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps, while an operation runs, what its machine is told at its first boot, so that the next run can ask for the very
 * same machine and recognise it. Each object is a secret, of which nothing is left once the operation has ended.
 */
final class FirstBoots {

    private static final String HOST_KEY = "host-key";
    private static final String NONCE = "nonce";
    private static final String DATA_DIRECTORY = "data-directory";
    private static final String USER_DATA = "takes-user-data";

    private final StateStore store;
    private final ModelSettings model;

    FirstBoots(StateStore store, ModelSettings model) {
        this.store = store;
        this.model = model;
    }

    void keep(String operation, FirstBoot firstBoot) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put(HOST_KEY, firstBoot.hostKey().privateKeyText());
        text.put(NONCE, firstBoot.nonce());
        text.put(DATA_DIRECTORY, firstBoot.dataDirectory());
        text.put(USER_DATA, firstBoot.takesUserData());
        set(operation, YamlText.render(text).getBytes(StandardCharsets.UTF_8), "cannot be kept");
    }

    /** Gives what an operation has kept; empty if there is nothing, or its key pair is gone. */
    Optional<FirstBoot> of(String operation, Identity identities) {
        Optional<SshKeyPair> identity = identities.of(operation);
        Optional<StoredObject> there;
        try {
            there = store.read(nameOf(operation));
        } catch (IOException e) {
            throw failed(operation, 0, "cannot be read", e);
        }
        if (there.isEmpty() || identity.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, @Nullable Object> text = YamlText.load(there.get().text());
            return Optional.of(FirstBoot.restore(
                    model,
                    SshKeyPair.parse(String.valueOf(text.get(HOST_KEY))),
                    identity.get(),
                    String.valueOf(text.get(DATA_DIRECTORY)),
                    String.valueOf(text.get(NONCE)),
                    Boolean.TRUE.equals(text.get(USER_DATA))));
        } catch (YamlException e) {
            throw failed(operation, e.line(), "is malformed", e);
        } catch (IllegalArgumentException e) {
            throw failed(operation, 0, "is malformed", e);
        }
    }

    void remove(String operation) {
        set(operation, null, "cannot be removed");
    }

    private void set(String operation, byte @Nullable [] bytes, String failure) {
        String name = nameOf(operation);
        try {
            store.overwrite(name, bytes);
        } catch (IOException e) {
            throw failed(operation, 0, failure, e);
        }
    }

    private String nameOf(String operation) {
        return model.name() + "/first-boots/" + StateNames.part(operation);
    }

    private StateException failed(String operation, int line, String what, Exception cause) {
        return new StateException(
                "what the machine of model \"" + model.name() + "\" is told at its first boot, at "
                        + store.locate(nameOf(operation)) + ", " + what + ": " + cause.getMessage(),
                store.locate(nameOf(operation)),
                line,
                cause);
    }
}
