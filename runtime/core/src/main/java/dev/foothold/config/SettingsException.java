package dev.foothold.config;

import dev.foothold.FootholdException;
import java.util.List;
import java.util.stream.Collectors;

/** Tells all that is wrong with settings or a credential, at once; no value of a secret is in it. */
public class SettingsException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** What cannot be used. */
    private final String subject;

    /** What is wrong; an array, which unlike a list is serialisable by its type. */
    private final SettingFault[] faults;

    /**
     * Creates an exception.
     *
     * @param subject what cannot be used, for example {@code the settings of provider "acme"}
     * @param faults what is wrong, in the order in which it is to be shown
     */
    public SettingsException(String subject, List<SettingFault> faults) {
        super(faults.stream()
                .map(fault -> System.lineSeparator() + "  " + fault)
                .collect(Collectors.joining("", subject + " cannot be used:", "")));
        this.subject = subject;
        this.faults = faults.toArray(SettingFault[]::new);
    }

    /**
     * Names what cannot be used.
     *
     * @return for example {@code the settings of provider "acme"}
     */
    public String subject() {
        return subject;
    }

    /**
     * Lists what is wrong.
     *
     * @return one entry for each mistake, in the order of the schema, unknown keys last
     */
    public List<SettingFault> faults() {
        return List.of(faults);
    }
}
