package dev.foothold.processor.model;

import java.util.List;

/**
 * Holds what one provider annotation says.
 *
 * @param zoned whether it is the one for clouds with availability zones
 * @param place the annotation
 * @param name the name users open the provider by
 * @param aliases other such names
 * @param description one line of plain text; may be empty
 */
public record ProviderAnnotation(
        boolean zoned, Place place, Located<String> name, List<Located<String>> aliases, String description) {

    /**
     * Gives the annotation's name for messages.
     *
     * @return with the leading {@code @}
     */
    public String label() {
        return zoned ? "@ZonedProvider" : "@Provider";
    }
}
