package dev.foothold.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a value, usually a record, of several settings.
 *
 * <pre>{@code
 * SettingGroup<Retry> RETRY = SettingGroup.of(in -> new Retry(in.get(PAUSE), in.get(ATTEMPTS)), PAUSE, ATTEMPTS);
 * }</pre>
 *
 * <p>Instances are immutable, and safe for use by several threads if their makers are.
 *
 * @param <T> the type of the value
 */
public final class SettingGroup<T> {

    private final Function<SettingValues, T> maker;
    private final List<SettingSpec<?>> specs;

    private SettingGroup(Function<SettingValues, T> maker, List<SettingSpec<?>> specs) {
        this.maker = maker;
        this.specs = specs;
    }

    /**
     * Describes how a value is made.
     *
     * @param maker makes the value; called only when all settings of the group are without fault. An exception it
     *     throws is a fault of the group, of which the message is shown without the values of secrets
     * @param specs the settings, in the order in which they are to be shown
     * @param <T> the type of the value
     * @return the group
     * @throws IllegalArgumentException if two of the settings share a name, former name or key for a file
     */
    public static <T> SettingGroup<T> of(Function<SettingValues, T> maker, SettingSpec<?>... specs) {
        Set<String> names = new HashSet<>();
        for (SettingSpec<?> spec : specs) {
            for (String key : spec.keys()) {
                if (!names.add(key)) {
                    throw new IllegalArgumentException("two settings of a group share the key \"" + key + "\"");
                }
            }
        }
        return new SettingGroup<>(Objects.requireNonNull(maker, "maker"), List.of(specs));
    }

    /**
     * Lists the settings.
     *
     * @return in the order in which they are to be shown
     */
    public List<SettingSpec<?>> specs() {
        return specs;
    }

    /** Lists the names under which something should be given. */
    List<String> keys() {
        return specs.stream().map(SettingSpec::name).toList();
    }

    /**
     * Reads all settings and makes the value; null if there are faults, which are told to the reading.
     *
     * @param subject what to call the value in messages if it has no path
     */
    @Nullable
    Read<T> read(Reading in, Scope scope, String subject) {
        Map<Object, Object> values = new HashMap<>();
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        for (SettingSpec<?> spec : specs) {
            Read<?> read = in.setting(spec, scope);
            if (read != null) {
                values.put(spec, read.value());
                plain.put(spec.name(), read.plain());
            }
        }
        if (values.size() < specs.size()) {
            return null;
        }
        try {
            T value = maker.apply(new SettingValues(values));
            if (value != null) {
                return new Read<>(value, plain);
            }
            in.refused(scope, subject, "nothing was made of them");
        } catch (RuntimeException e) {
            String message = e.getMessage();
            in.refused(
                    scope,
                    subject,
                    message == null || message.isBlank() ? e.getClass().getSimpleName() : message);
        }
        return null;
    }
}
