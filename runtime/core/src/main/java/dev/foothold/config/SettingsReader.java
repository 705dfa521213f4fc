package dev.foothold.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the texts of {@link Settings} into values, and collects what is wrong with them instead of stopping at the
 * first fault.
 *
 * <pre>{@code
 * SettingsReader in = settings.reader("acme", List.of(ENDPOINT, TIMEOUT));
 * URI endpoint = in.get(ENDPOINT);
 * Duration timeout = in.get(TIMEOUT);
 * in.check();
 * }</pre>
 *
 * <p>Made by {@link Settings#reader}. Instances are not safe for use by several threads.
 */
public final class SettingsReader {

    private final Settings settings;
    private final String providerName;
    private final List<SettingSpec<?>> specs;
    private final List<SettingFault> faults = new ArrayList<>();

    SettingsReader(Settings settings, String providerName, List<SettingSpec<?>> specs) {
        this.settings = settings;
        this.providerName = Objects.requireNonNull(providerName, "providerName");
        this.specs = List.copyOf(specs);
    }

    /**
     * Reads one setting: the value of its key, else its environment variable, else its default.
     *
     * @param spec one of the settings the reader was made for
     * @param <T> the type of the value
     * @return the value, to be used only after {@link #check()} has found no fault
     * @throws IllegalArgumentException if the reader was not made for the setting
     */
    public <T> T get(SettingSpec<T> spec) {
        if (!specs.contains(spec)) {
            throw new IllegalArgumentException(
                    "setting \"" + spec.name() + "\" is not among the settings of provider \"" + providerName + "\"");
        }
        Found found = find(spec);
        if (found == null) {
            return fault(spec, "is missing; " + wanted(spec));
        }
        try {
            return spec.type().parse(found.text());
        } catch (IllegalArgumentException e) {
            // The parser's own words may quote the text, and the text may be a secret.
            String shown = spec.secret() ? "the value" : "\"" + found.text() + "\"";
            return fault(spec, shown + " " + found.source() + " does not fit; " + wanted(spec));
        }
    }

    /**
     * Ends the reading.
     *
     * @throws SettingsException if a setting that was read is missing or has the wrong form, or if a key is given that
     *     the provider does not know
     */
    public void check() {
        List<SettingFault> all = new ArrayList<>(faults);
        Map<String, SettingSpec<?>> known = new TreeMap<>();
        specs.forEach(spec -> known.put(spec.name(), spec));
        for (String key : settings.keys()) {
            if (!known.containsKey(key)) {
                String cure = Nearest.to(key, known.keySet())
                        .map(name -> "did you mean \"" + name + "\"?")
                        .orElse(known.isEmpty() ? "there are none" : "there are " + String.join(", ", known.keySet()));
                all.add(new SettingFault(key, "is not a setting; " + cure));
            }
        }
        if (!all.isEmpty()) {
            throw new SettingsException(providerName, all);
        }
    }

    private @Nullable Found find(SettingSpec<?> spec) {
        String given = settings.value(spec.name());
        if (given != null) {
            return new Found(given, "given as key \"" + spec.name() + "\"");
        }
        String variable = spec.environmentVariable();
        String exported = variable == null ? null : settings.variable(variable);
        if (exported != null) {
            return new Found(exported, "of environment variable " + variable);
        }
        String text = spec.defaultText();
        return text == null ? null : new Found(text, "that the provider has as default");
    }

    private static String wanted(SettingSpec<?> spec) {
        return "expected " + spec.type().name() + ", as key \"" + spec.name() + "\""
                + Optional.ofNullable(spec.environmentVariable())
                        .map(variable -> " or in environment variable " + variable)
                        .orElse("");
    }

    // What get promises is not to be used is null. Saying so in its type would burden every caller who does use
    // check().
    @SuppressWarnings("NullAway")
    private <T> T fault(SettingSpec<T> spec, String message) {
        faults.add(new SettingFault(spec.name(), message));
        return null;
    }

    private record Found(String text, String source) {}
}
