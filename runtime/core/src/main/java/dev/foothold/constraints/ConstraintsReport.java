package dev.foothold.constraints;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Says what a cloud makes of constraints.
 *
 * @param unsupported what is set but has no effect there, sorted by name; no fault
 * @param faults why the constraints cannot be met, one line each: first values that are not offered, then pairs that
 *     exclude each other, both sorted by name
 */
public record ConstraintsReport(List<ConstraintName> unsupported, List<String> faults) {

    /**
     * Copies the lists.
     *
     * @param unsupported what is set but has no effect
     * @param faults why the constraints cannot be met
     */
    public ConstraintsReport {
        unsupported = List.copyOf(unsupported);
        faults = List.copyOf(faults);
    }

    /**
     * Gives all faults as one text.
     *
     * @return empty if there is none; a single one as it is, several on lines of their own
     */
    public String describeFaults() {
        return faults.size() < 2
                ? String.join("", faults)
                : faults.stream()
                        .map(fault -> System.lineSeparator() + "  " + fault)
                        .collect(Collectors.joining());
    }
}
