package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.constraints.Constraints;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what kind of machine is asked for.
 *
 * @param image the image to start from, or null if the cloud lists none
 * @param type the size, or null if the cloud lists none
 */
record Offering(@Nullable ImageMetadata image, @Nullable InstanceType type) {

    private static final int TYPES_SHOWN = 20;

    /** Chooses the first image and size that fit. */
    static Offering choose(Cloud cloud, Base base, Arch arch, Constraints constraints) throws InterruptedException {
        return new Offering(image(cloud, base, arch, constraints), type(cloud, constraints.withArch(arch)));
    }

    private static @Nullable ImageMetadata image(Cloud cloud, Base base, Arch arch, Constraints constraints)
            throws InterruptedException {
        if (constraints.imageId().isPresent()) {
            return ImageMetadata.of(constraints.imageId().get(), base, arch);
        }
        return cloud.images(base, arch).stream().findFirst().orElse(null);
    }

    private static @Nullable InstanceType type(Cloud cloud, Constraints wanted) throws InterruptedException {
        List<InstanceType> listed = cloud.instanceTypes(wanted);
        Optional<InstanceType> fitting = listed.stream().filter(wanted::isMetBy).findFirst();
        if (fitting.isPresent()) {
            return fitting.get();
        }
        // Nothing is listed if nothing fits, or if there is but one size.
        List<InstanceType> all = listed.isEmpty() ? cloud.instanceTypes(Constraints.none()) : listed;
        if (all.isEmpty() && wanted.instanceType().isEmpty()) {
            return null;
        }
        throw new BootstrapException(
                "the cloud has no instance type for " + wanted + "; it has: "
                        + (all.isEmpty() ? "only one size, without a name" : shown(all)),
                null);
    }

    private static String shown(List<InstanceType> types) {
        String text = types.stream()
                .limit(TYPES_SHOWN)
                .map(type -> type.name() + " (arch=" + type.arch().text() + " cores=" + type.cores() + " mem="
                        + type.memoryMib() + "M)")
                .collect(Collectors.joining(", "));
        return types.size() <= TYPES_SHOWN ? text : text + " and " + (types.size() - TYPES_SHOWN) + " more";
    }

    String describe() {
        List<String> parts = new ArrayList<>();
        if (type != null) {
            parts.add(type.name());
        }
        if (image != null) {
            parts.add(image.id());
        }
        return String.join(", ", parts);
    }
}
