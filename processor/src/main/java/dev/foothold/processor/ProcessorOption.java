package dev.foothold.processor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;

/** Lists what users can tell the processor with {@code -A…}. */
enum ProcessorOption {
    /** {@code -Adev.foothold.verbose}: says in a note what was generated. */
    VERBOSE;

    /** Gives the option as it is written after {@code -A}. */
    String key() {
        return "dev.foothold." + name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether the option is given, and not as {@code =false}. */
    boolean isOn(ProcessingEnvironment environment) {
        String value = environment.getOptions().getOrDefault(key(), "false");
        return value == null || !value.equalsIgnoreCase("false");
    }

    static Set<String> keys() {
        return Arrays.stream(values()).map(ProcessorOption::key).collect(Collectors.toUnmodifiableSet());
    }
}
