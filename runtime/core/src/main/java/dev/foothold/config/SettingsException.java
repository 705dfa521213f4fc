package dev.foothold.config;

import dev.foothold.FootholdException;
import java.util.List;
import java.util.stream.Collectors;

/** Tells all that is wrong with the settings of a provider, at once; no value of a secret is in it. */
public class SettingsException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** The provider that was to be opened. */
    private final String provider;

    /** What is wrong; an array, which unlike a list is serialisable by its type. */
    private final SettingFault[] faults;

    /**
     * Creates an exception.
     *
     * @param provider the provider that was to be opened
     * @param faults what is wrong, in the order in which it is to be shown
     */
    public SettingsException(String provider, List<SettingFault> faults) {
        super(faults.stream()
                .map(fault -> System.lineSeparator() + "  " + fault)
                .collect(Collectors.joining("", "the settings of provider \"" + provider + "\" are not usable:", "")));
        this.provider = provider;
        this.faults = faults.toArray(SettingFault[]::new);
    }

    /**
     * Names the provider that was to be opened.
     *
     * @return its name
     */
    public String provider() {
        return provider;
    }

    /**
     * Lists what is wrong.
     *
     * @return one entry for each setting with a fault and each unknown key
     */
    public List<SettingFault> faults() {
        return List.of(faults);
    }
}
