package dev.foothold.provider;

import dev.foothold.bootstrap.AlreadyBootstrappedException;
import dev.foothold.instance.InstanceId;
import dev.foothold.internal.yaml.YamlException;
import dev.foothold.internal.yaml.YamlText;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.state.NotBootstrappedException;
import dev.foothold.state.ProviderState;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps what is fixed about a model, from its first claim until it is destroyed. */
final class ModelSettingsStore {

    private static final String OBJECT = "settings";
    private static final String MODEL_UUID = "model-uuid";
    private static final String CONTROLLER_UUID = "controller-uuid";
    private static final String TAGS = "tags";
    private static final String AUTHORIZED_KEYS = "authorized-keys";
    private static final String IMMUTABLE = "immutable-settings";

    private final StateStore store;

    ModelSettingsStore(StateStore store) {
        this.store = store;
    }

    /** Reads a model's settings, or makes new ones that are not kept yet. */
    ModelSettings open(String model) {
        return read(model).orElseGet(() -> ModelSettings.create(model));
    }

    /**
     * Gives all models that are on record, names by UUID. State whose model cannot be told is refused: anything could be
     * its.
     */
    Map<UUID, String> models() {
        Map<UUID, String> models = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        try {
            store.scan("").stream()
                    .filter(object -> object.contains("/"))
                    .forEach(object -> names.add(object.substring(0, object.indexOf('/'))));
        } catch (IOException e) {
            throw new StateException(
                    "which models are on record cannot be told, nothing is removed: " + e.getMessage(),
                    store.locate(nameOf("any")),
                    0,
                    e);
        }
        for (String name : names) {
            ModelSettings settings = read(name)
                    .orElseThrow(() -> failed(
                            name,
                            0,
                            "are missing, although there is other state of it, so that what is its cannot be told; restore them,"
                                    + " or remove the rest",
                            null));
            models.put(settings.owner().modelUuid(), name);
        }
        return models;
    }

    /** Keeps settings, unless they are kept already; immutable settings that came later are added. */
    void claim(ModelSettings settings) {
        String name = nameOf(settings.name());
        if (read(settings.name()).isEmpty()) {
            // Somebody removed the settings by hand; a new identity would lose sight of what is there.
            refuseIfBootstrapped(settings.name());
        }
        try {
            if (!store.compareAndSet(name, null, render(settings).getBytes(StandardCharsets.UTF_8))
                    && !isOurs(settings)) {
                refuseIfBootstrapped(settings.name());
            }
        } catch (IOException e) {
            throw failed(settings.name(), 0, "cannot be written: " + e.getMessage(), e);
        }
        requireOurs(settings);
        addImmutable(settings);
    }

    /** Makes sure that what is kept under the model's name, if anything, is of this model. */
    void requireOurs(ModelSettings settings) {
        Optional<ModelSettings> there = read(settings.name());
        if (there.isEmpty() && !recorded(settings.name()).isEmpty()) {
            throw failed(
                    settings.name(),
                    0,
                    "are missing, but instances " + recorded(settings.name())
                            + " are on record; restore them, their tags hold the UUIDs",
                    null);
        }
        ModelSettings kept = there.orElse(settings);
        if (!kept.owner().equals(settings.owner())) {
            throw failed(
                    settings.name(),
                    0,
                    "belong to another model of the same name by now ("
                            + kept.owner().modelUuid() + ", not "
                            + settings.owner().modelUuid() + "); open the model again",
                    null);
        }
    }

    /** What the file has besides stays as it is. */
    private void addImmutable(ModelSettings settings) {
        if (settings.immutableSettings().isEmpty()) {
            return;
        }
        String name = nameOf(settings.name());
        try {
            boolean written = false;
            while (!written) {
                StoredObject there = store.read(name).orElseThrow(() -> new IOException("it was removed meanwhile"));
                Map<String, String> kept = parse(settings.name(), there.text()).immutableSettings();
                settings.immutableSettings().forEach((key, value) -> {
                    if (!kept.getOrDefault(key, value).equals(value)) {
                        throw failed(
                                settings.name(),
                                0,
                                "have another value for \"" + key
                                        + "\" by now, which cannot change; open the model again",
                                null);
                    }
                });
                written = kept.keySet().containsAll(settings.immutableSettings().keySet())
                        || store.compareAndSet(name, there.version(), withImmutable(there, kept, settings));
            }
        } catch (IOException e) {
            throw failed(settings.name(), 0, "cannot be written: " + e.getMessage(), e);
        } catch (YamlException e) {
            throw failed(settings.name(), e.line(), "are malformed: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw failed(settings.name(), 0, "are malformed: " + e.getMessage(), e);
        }
    }

    private static byte[] withImmutable(StoredObject there, Map<String, String> kept, ModelSettings settings)
            throws YamlException {
        Map<String, @Nullable Object> document = new LinkedHashMap<>(YamlText.load(there.text()));
        Map<String, String> all = new LinkedHashMap<>(kept);
        all.putAll(settings.immutableSettings());
        document.put(IMMUTABLE, all);
        return YamlText.render(document).getBytes(StandardCharsets.UTF_8);
    }

    private boolean isOurs(ModelSettings settings) {
        return read(settings.name()).map(ModelSettings::owner).equals(Optional.of(settings.owner()));
    }

    /** Somebody else made the model meanwhile; that it has a machine says more than that its identity is another. */
    private void refuseIfBootstrapped(String model) {
        List<InstanceId> instances = recorded(model);
        if (!instances.isEmpty()) {
            throw new AlreadyBootstrappedException(model, instances);
        }
    }

    private List<InstanceId> recorded(String model) {
        try {
            return new ProviderState(store, model).providerStateInstances();
        } catch (NotBootstrappedException e) {
            return List.of();
        }
    }

    private Optional<ModelSettings> read(String model) {
        try {
            Optional<StoredObject> there = store.read(nameOf(model));
            return there.isEmpty()
                    ? Optional.empty()
                    : Optional.of(parse(model, there.get().text()));
        } catch (IOException e) {
            throw failed(model, 0, "cannot be read: " + e.getMessage(), e);
        } catch (YamlException e) {
            throw failed(model, e.line(), "are malformed: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw failed(model, 0, "are malformed: " + e.getMessage(), e);
        }
    }

    private static String render(ModelSettings settings) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(MODEL_UUID, settings.owner().modelUuid().toString());
        document.put(CONTROLLER_UUID, settings.owner().controllerUuid().toString());
        document.put(TAGS, settings.resourceTags().asMap());
        document.put(AUTHORIZED_KEYS, settings.authorizedKeys());
        if (!settings.immutableSettings().isEmpty()) {
            document.put(IMMUTABLE, settings.immutableSettings());
        }
        return YamlText.render(document);
    }

    private static ModelSettings parse(String model, String text) throws YamlException {
        Map<String, @Nullable Object> document = YamlText.load(text);
        List<String> keys = document.get(AUTHORIZED_KEYS) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return new ModelSettings(
                model,
                new Owner(uuid(document, MODEL_UUID), uuid(document, CONTROLLER_UUID)),
                Tags.of(texts(document, TAGS)),
                keys,
                texts(document, IMMUTABLE));
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> document, String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (document.get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    private static UUID uuid(Map<String, @Nullable Object> document, String key) {
        Object value = document.get(key);
        if (value == null) {
            throw new IllegalArgumentException("key \"" + key + "\" is missing");
        }
        return UUID.fromString(String.valueOf(value));
    }

    private static String nameOf(String model) {
        return model + "/" + OBJECT;
    }

    private StateException failed(String model, int line, String what, @Nullable Exception cause) {
        return new StateException(
                "the settings of model \"" + model + "\" at " + store.locate(nameOf(model))
                        + (line > 0 ? ", line " + line + ", " : " ") + what,
                store.locate(nameOf(model)),
                line,
                cause);
    }
}
