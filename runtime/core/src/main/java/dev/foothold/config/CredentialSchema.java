package dev.foothold.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes the credential of a provider: the ways to authenticate, and the attributes of each.
 *
 * <pre>{@code
 * CredentialSchema<AcmeCredential> CREDENTIAL =
 *         CredentialSchema.<AcmeCredential>of("access-key", ACCESS_KEY).or("token", TOKEN);
 * }</pre>
 *
 * <p>Instances are immutable and safe for use by several threads.
 *
 * @param <T> the type of the credential
 */
public final class CredentialSchema<T> {

    /** The key that chooses among several ways to authenticate. */
    public static final String AUTH_TYPE = "auth-type";

    private final Map<String, SettingGroup<? extends T>> types;

    private CredentialSchema(Map<String, SettingGroup<? extends T>> types) {
        this.types = Collections.unmodifiableMap(types);
    }

    /**
     * Describes a credential with one way to authenticate.
     *
     * @param authType the way, for example {@code access-key}
     * @param attributes what it needs
     * @param <T> the type of the credential
     * @return the schema
     * @throws IllegalArgumentException if the way is blank, or one of its keys is {@value #AUTH_TYPE}
     */
    public static <T> CredentialSchema<T> of(String authType, SettingGroup<? extends T> attributes) {
        return new CredentialSchema<T>(Map.of()).or(authType, attributes);
    }

    /**
     * Adds another way to authenticate.
     *
     * @param authType the way
     * @param attributes what it needs
     * @return the changed copy
     * @throws IllegalArgumentException if the way is blank or there already, or one of its keys is {@value #AUTH_TYPE}
     */
    public CredentialSchema<T> or(String authType, SettingGroup<? extends T> attributes) {
        Map<String, SettingGroup<? extends T>> more = new LinkedHashMap<>(types);
        if (authType.isBlank() || more.put(authType, Objects.requireNonNull(attributes, "attributes")) != null) {
            throw new IllegalArgumentException("the ways to authenticate must have names that differ, but one is \""
                    + authType + "\"" + (authType.isBlank() ? "" : " again"));
        }
        if (keysOf(attributes).contains(AUTH_TYPE)) {
            throw new IllegalArgumentException("no attribute of a credential can be called \"" + AUTH_TYPE + "\"");
        }
        return new CredentialSchema<>(more);
    }

    /**
     * Lists the ways to authenticate.
     *
     * @return in the order in which they are to be shown
     */
    public List<String> authTypes() {
        return List.copyOf(types.keySet());
    }

    /**
     * Gives what a way to authenticate needs.
     *
     * @param authType one of {@link #authTypes()}
     * @return its attributes
     * @throws IllegalArgumentException if there is no such way
     */
    public SettingGroup<? extends T> attributes(String authType) {
        SettingGroup<? extends T> group = types.get(authType);
        if (group == null) {
            throw new IllegalArgumentException(unsupported(authType));
        }
        return group;
    }

    /**
     * Checks a credential that a user gave, and reads the files it names, so that it can be kept and used elsewhere.
     *
     * @param credential the credential; a complete one is checked again, but no file is read for it
     * @param files reads the files
     * @return the same credential with the content of files in place of their paths and attributes under their
     *     present names; label, revocation and reason of invalidity stay. Attributes that are not given stay away, also
     *     if they have defaults
     * @throws SettingsException if the way to authenticate is unknown or an attribute is missing, wrong, unknown or given
     *     twice, or a file cannot be read; it lists all faults, and shows no value of a secret or unknown attribute
     */
    public Credential finalizeCredential(Credential credential, SettingFiles files) {
        Reading in = new Reading(Map.of(), files);
        readGiven(in, credential);
        List<SettingFault> faults = in.faults();
        if (!faults.isEmpty()) {
            throw new SettingsException(credential.title(), faults);
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        in.found().forEach((path, given) -> {
            if (given instanceof Given.Text text && !text.source().equals(SettingSource.DEFAULT)) {
                attributes.put(path, text.text());
            } else if (given instanceof Given.Entries entries) {
                flatten(path, entries, attributes);
            }
        });
        return credential.completedWith(attributes);
    }

    /**
     * Leaves out what must not be shown.
     *
     * @param credential a credential of one of these ways to authenticate
     * @return the same credential without its secret attributes and the paths of their files
     * @throws IllegalArgumentException if there is no such way
     */
    public Credential withoutSecrets(Credential credential) {
        Map<String, String> shown = new LinkedHashMap<>();
        SettingGroup<?> group = attributes(credential.authType());
        credential.attributes().forEach((key, value) -> {
            if (isPublic(group, key)) {
                shown.put(key, value);
            }
        });
        return new Credential(
                credential.authType(),
                shown,
                credential.label(),
                credential.revoked(),
                credential.invalidReason(),
                credential.complete());
    }

    /** Gives every key that any way to authenticate knows. */
    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        types.values().forEach(group -> keys.addAll(keysOf(group)));
        return keys;
    }

    /** Gives a credential for each way of which all that is needed is in the environment, and something is. */
    List<Credential> detect(Map<String, String> environment) {
        List<Credential> detected = new ArrayList<>();
        Reading in = new Reading(environment, SettingFiles.none());
        types.forEach((authType, group) -> {
            Map<String, String> attributes = new LinkedHashMap<>();
            collect("", group, in, attributes);
            if (!attributes.isEmpty() && in.lacking(group, none(true)).isEmpty()) {
                detected.add(Credential.of(authType, attributes).withLabel("environment"));
            }
        });
        return detected;
    }

    /** Reads the credential that is given as a whole, or else from the keys and variables of one way. */
    @Nullable
    Read<T> read(Reading in, Scope root, @Nullable Credential credential) {
        if (credential != null) {
            for (String key : keys()) {
                refuseBeside(in, root, key, credential);
            }
            refuseBeside(in, root, AUTH_TYPE, credential);
            return readUsable(in, credential);
        }
        String authType = new CredentialChoice(this, in, root).authType();
        if (authType == null) {
            return null;
        }
        Read<? extends T> read = attributes(authType).read(in, root, "the credential of type \"" + authType + "\"");
        return read == null ? null : new Read<>(read.value(), read.plain());
    }

    private @Nullable Read<T> readUsable(Reading in, Credential credential) {
        SettingSource source = SettingSource.credential(credential.label());
        if (credential.revoked()) {
            in.fault("", source, "is revoked; use another one");
            return null;
        }
        if (!credential.invalidReason().isEmpty()) {
            in.fault(
                    "",
                    source,
                    "is marked as invalid: " + credential.invalidReason() + "; replace it, or take the mark away");
            return null;
        }
        return readGiven(in, credential);
    }

    private @Nullable Read<T> readGiven(Reading in, Credential credential) {
        SettingGroup<? extends T> group = types.get(credential.authType());
        SettingSource source = SettingSource.credential(credential.label());
        if (group == null) {
            in.fault(AUTH_TYPE, source, unsupported(credential.authType()));
            return null;
        }
        Map<String, Given> entries = new LinkedHashMap<>();
        credential.attributes().forEach((key, value) -> entries.put(key, new Given.Text(value, source)));
        Scope scope =
                new Scope(new Given.Entries(entries, source, true), "", false, false, false, credential.complete());
        Read<? extends T> read = group.read(in, scope, credential.title());
        in.refuseUnused(scope, group.keys());
        return read == null ? null : new Read<>(read.value(), read.plain());
    }

    private static void refuseBeside(Reading in, Scope root, String key, Credential credential) {
        if (root.has(key)) {
            root.use(key);
            in.fault(
                    key,
                    root.sourceOf(key),
                    "belongs to the credential, but " + credential.title() + " is given as a whole; remove the key");
        }
    }

    String unsupported(String authType) {
        return "auth-type \"" + authType + "\" is not supported; "
                + Nearest.to(authType, types.keySet())
                        .map(name -> "did you mean \"" + name + "\"?")
                        .orElse("there are " + String.join(", ", types.keySet()));
    }

    private static void collect(String path, SettingGroup<?> group, Reading in, Map<String, String> attributes) {
        for (SettingSpec<?> spec : group.specs()) {
            String value = in.variable(spec);
            SettingGroup<?> inner = Reading.groupOf(spec.type());
            if (value != null) {
                attributes.put(path + spec.name(), value);
            } else if (inner != null) {
                collect(path + spec.name() + ".", inner, in, attributes);
            }
        }
    }

    private static boolean isPublic(SettingGroup<?> group, String key) {
        String first = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
        return group.specs().stream()
                .filter(spec -> spec.keys().contains(first))
                .anyMatch(spec -> !spec.secret() && !spec.type().holdsSecrets());
    }

    private static void flatten(String path, Given.Entries entries, Map<String, String> attributes) {
        entries.entries().forEach((key, value) -> {
            if (value instanceof Given.Text text) {
                attributes.put(path + "." + key, text.text());
            } else if (value instanceof Given.Entries inner) {
                flatten(path + "." + key, inner, attributes);
            }
        });
    }

    static List<String> keysOf(SettingGroup<?> group) {
        return group.specs().stream().flatMap(spec -> spec.keys().stream()).toList();
    }

    private static Scope none(boolean environment) {
        return new Scope(Given.Entries.none(SettingSource.DEFAULT), "", environment, false, false, false);
    }
}
