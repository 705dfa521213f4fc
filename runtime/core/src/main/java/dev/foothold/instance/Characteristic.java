package dev.foothold.instance;

import dev.foothold.machine.Arch;
import dev.foothold.machine.Quantities;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names what hardware is described by, in the order of printing, and knows how each is read. */
enum Characteristic {
    ARCH,
    CORES,
    CPU_POWER,
    MEM,
    ROOT_DISK,
    ROOT_DISK_SOURCE,
    TAGS,
    AVAILABILITY_ZONE,
    VIRT_TYPE;

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Characteristic> find(String word) {
        return Arrays.stream(values()).filter(name -> name.text().equals(word)).findFirst();
    }

    /** Reads a value other than a list; empty if that records nothing. Reasons of failures go after "the value". */
    Optional<Object> read(String value) {
        return switch (this) {
            case ARCH ->
                Optional.of(oneOf(
                        value, Arrays.stream(Arch.values()).map(Arch::text).toList()));
            case CORES, CPU_POWER -> Optional.of(Quantities.count(value));
            case MEM, ROOT_DISK -> Optional.of(Quantities.mebibytes(value));
            case VIRT_TYPE ->
                Optional.<Object>of(oneOf(
                                value.toLowerCase(Locale.ROOT),
                                List.of(HardwareCharacteristics.CONTAINER, HardwareCharacteristics.VIRTUAL_MACHINE)))
                        .filter(word -> !word.equals(""));
            default -> Optional.<Object>of(value).filter(text -> !text.equals(""));
        };
    }

    private static String oneOf(String value, List<String> words) {
        if (!value.isEmpty() && !words.contains(value)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", words));
        }
        return value;
    }
}
