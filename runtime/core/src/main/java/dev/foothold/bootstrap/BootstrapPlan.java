package dev.foothold.bootstrap;

import dev.foothold.machine.Base;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what a bootstrap would ask the cloud for, if it were to begin now.
 *
 * @param model the model's name
 * @param base the operating system
 * @param imageId the image, or null if the cloud lists none
 * @param offerings where and in which size the machine would be asked for, in this order, until the cloud accepts one
 * @param userDataBytes how large the machine's user data is as it is sent; 0 for a cloud that takes none
 */
public record BootstrapPlan(
        String model, Base base, @Nullable String imageId, List<Offer> offerings, int userDataBytes) {

    /**
     * Copies the list.
     *
     * @param model the model's name
     * @param base the operating system
     * @param imageId the image, or null
     * @param offerings where and in which size the machine would be asked for
     * @param userDataBytes how large the machine's user data is
     */
    public BootstrapPlan {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(base, "base");
        offerings = List.copyOf(offerings);
    }

    /**
     * Names one thing to ask for.
     *
     * @param zone the availability zone, or null if the cloud has none
     * @param instanceType the size, or null if the cloud lists none
     * @param refusedLately whether the cloud had no room for it not long ago, which is why it comes late
     */
    public record Offer(@Nullable String zone, @Nullable String instanceType, boolean refusedLately) {

        private String describe() {
            String what = zone == null
                    ? Optional.ofNullable(instanceType).orElse("one machine")
                    : "zone \"" + zone + "\"" + (instanceType == null ? "" : ", " + instanceType);
            return refusedLately ? what + " (no room a moment ago)" : what;
        }
    }

    /**
     * Describes the plan for people.
     *
     * @return a few lines, without a line break at the end
     */
    public String describe() {
        return "model \"" + model + "\": " + base
                + (imageId == null ? "" : ", image " + imageId)
                + "\nuser data: " + (userDataBytes == 0 ? "none" : userDataBytes + " bytes")
                + "\nto be asked for, in this order:\n"
                + offerings.stream().map(offer -> "  " + offer.describe()).collect(Collectors.joining("\n"));
    }
}
