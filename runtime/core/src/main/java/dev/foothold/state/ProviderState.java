package dev.foothold.state;

import dev.foothold.instance.InstanceId;
import dev.foothold.internal.yaml.YamlDocument;
import dev.foothold.internal.yaml.YamlException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the state file of one model: a YAML mapping whose key {@code state-instances} lists the instances that were
 * started for the model's controller.
 *
 * <p>Other tools may read the file and add keys of their own, which every change here preserves (their comments are
 * not). Changes are made from one version of the file to the next, so that of several made at the same time none is lost,
 * whether by threads or by processes. A file that is malformed is never changed, except by {@link #create} and
 * {@link #delete}. Thread-safe.
 */
public final class ProviderState {

    /** The name of the state file within its model. */
    public static final String STATE_FILE = "provider-state";

    /** How often a change may lose the race against others, each of which then succeeded, before it gives up. */
    static final int MAX_RACES = 1_000;

    private static final Logger LOGGER = System.getLogger(ProviderState.class.getName());

    private static final String INSTANCES = "state-instances";

    private final StateStore store;
    private final String model;
    private final String name;
    private final URI location;

    /**
     * Creates the keeper of a model's state file; the file itself is not touched.
     *
     * @param store where the file is kept, as {@code <model>/provider-state}
     * @param model the name of the model
     * @throws IllegalArgumentException if the store cannot have an object of that name
     */
    public ProviderState(StateStore store, String model) {
        this.store = Objects.requireNonNull(store, "store");
        this.model = Objects.requireNonNull(model, "model");
        this.name = model + "/" + STATE_FILE;
        this.location = store.locate(name);
    }

    /**
     * Says where the file is kept.
     *
     * @return for example a {@code file:} URI; the file need not exist
     */
    public URI location() {
        return location;
    }

    /**
     * Writes an empty state file, replacing what was there.
     *
     * @return where it is kept
     * @throws StateException if the store fails
     */
    public URI create() {
        change("create the state file", file -> Change.to(new byte[0]));
        return location;
    }

    /**
     * Removes the state file, whatever is in it; that there is none is fine.
     *
     * @throws StateException if the store fails
     */
    public void delete() {
        change("remove the state file", file -> file == null ? Change.NONE : Change.to(null));
    }

    /**
     * Replaces the list of instances, creating the file if there is none.
     *
     * @param state the instances, written in their order and as often as they occur
     * @throws StateException if the file is malformed or the store fails
     */
    public void save(BootstrapState state) {
        edit("save the instances", recorded -> Optional.of(state.instances()));
    }

    /**
     * Reads the state file.
     *
     * @return the instances; none if the file is empty or has no list of them
     * @throws NotBootstrappedException if there is no file
     * @throws StateException if the file is malformed or the store fails
     */
    public BootstrapState load() {
        String action = "read the state file";
        Optional<StoredObject> file;
        try {
            file = store.read(name);
        } catch (IOException e) {
            throw failed(action, e);
        }
        YamlDocument document = parse(action, file.orElseThrow(() -> new NotBootstrappedException(model)));
        return new BootstrapState(instances(action, document));
    }

    /**
     * Lists the instances in the state file.
     *
     * @return their ids, in the order of the file
     * @throws NotBootstrappedException if there is no file
     * @throws StateException if the file is malformed or the store fails
     */
    public List<InstanceId> providerStateInstances() {
        return load().instances();
    }

    /**
     * Records an instance at the end of the list, creating the file if there is none; one that is recorded already is
     * not recorded twice.
     *
     * @param id the instance
     * @throws StateException if the file is malformed or the store fails
     */
    public void addStateInstance(InstanceId id) {
        edit("record instance \"" + id + "\"", recorded -> {
            if (recorded.contains(id)) {
                return Optional.empty();
            }
            List<InstanceId> longer = new ArrayList<>(recorded);
            longer.add(id);
            return Optional.of(longer);
        });
    }

    /**
     * Removes every record of some instances; ids that are not recorded are ignored, and so is a missing file.
     *
     * @param ids the instances
     * @return whether something was removed, and the file therefore written
     * @throws StateException if the file is malformed or the store fails
     */
    public boolean removeStateInstances(Collection<InstanceId> ids) {
        Set<InstanceId> gone = Set.copyOf(ids);
        return edit("remove the record of instances " + ids, recorded -> {
            List<InstanceId> kept =
                    recorded.stream().filter(id -> !gone.contains(id)).toList();
            return kept.size() == recorded.size() ? Optional.empty() : Optional.of(kept);
        });
    }

    /** Says what is to become of the file: nothing, or new content, or its end (null). */
    private record Change(boolean needed, byte @Nullable [] bytes) {

        static final Change NONE = new Change(false, null);

        static Change to(byte @Nullable [] bytes) {
            return new Change(true, bytes);
        }
    }

    /** Changes the list of instances and nothing else; the edit answers empty if the file is to stay as it is. */
    private boolean edit(String action, Function<List<InstanceId>, Optional<List<InstanceId>>> edit) {
        return change(action, file -> {
            YamlDocument document = file == null ? YamlDocument.empty() : parse(action, file);
            return edit.apply(instances(action, document))
                    .map(ids -> document.with(
                            INSTANCES, ids.stream().map(InstanceId::value).toList()))
                    .map(changed -> Change.to(changed.render().getBytes(StandardCharsets.UTF_8)))
                    .orElse(Change.NONE);
        });
    }

    /** Decides from the file as it is (null: there is none) and acts only while it still is so; else decides again. */
    private boolean change(String action, Function<@Nullable StoredObject, Change> decide) {
        try {
            for (int race = 0; race < MAX_RACES; race++) {
                StoredObject file = store.read(name).orElse(null);
                Change change = decide.apply(file);
                if (!change.needed()) {
                    return false;
                }
                if (store.compareAndSet(name, file == null ? null : file.version(), change.bytes())) {
                    LOGGER.log(Level.DEBUG, "did {0} in {1}", action, location);
                    return true;
                }
            }
        } catch (IOException e) {
            throw failed(action, e);
        }
        throw new StateException(
                "cannot " + action + " in " + location + ": others changed the file " + MAX_RACES
                        + " times in between; try again when they have finished",
                location,
                0,
                null);
    }

    private List<InstanceId> instances(String action, YamlDocument document) {
        try {
            List<InstanceId> ids = new ArrayList<>();
            for (YamlDocument.Scalar item : document.list(INSTANCES)) {
                if (item.text().isBlank()) {
                    throw malformed(action, item.line(), item.column(), "an instance id must not be blank", null);
                }
                ids.add(InstanceId.of(item.text()));
            }
            return ids;
        } catch (YamlException e) {
            throw malformed(action, e.line(), e.column(), e.reason(), e);
        }
    }

    private YamlDocument parse(String action, StoredObject file) {
        ByteBuffer bytes = ByteBuffer.wrap(file.bytes());
        try {
            // Not StoredObject#text: bytes that are no text would be written back as question marks.
            return YamlDocument.parse(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            String before = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            int column = before.length() - before.lastIndexOf('\n');
            throw malformed(action, line, column, "it is not UTF-8", e);
        } catch (YamlException e) {
            throw malformed(action, e.line(), e.column(), e.reason(), e);
        }
    }

    private StateException malformed(String action, int line, int column, String reason, @Nullable Exception cause) {
        String place = line == 0 ? "" : "line " + line + ", column " + column + ": ";
        return new StateException(
                "cannot " + action + ": " + location + " is malformed: " + place + reason
                        + "; nothing was changed, correct the file by hand",
                location,
                line,
                column,
                cause);
    }

    private StateException failed(String action, IOException cause) {
        return new StateException(
                "cannot " + action + " in " + location + ": " + cause.getMessage(), location, 0, cause);
    }
}
