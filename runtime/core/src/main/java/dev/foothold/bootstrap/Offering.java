package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.constraints.Constraints;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what kind of machine is asked for.
 *
 * @param image the image to start from, or null if the cloud lists none
 * @param type the size, or null if the cloud lists none
 */
record Offering(@Nullable ImageMetadata image, @Nullable InstanceType type) {

    /** How many sizes are tried at most: whoever asks for a small machine does not want the largest there is. */
    static final int SIZES = 5;

    private static final int TYPES_SHOWN = 20;

    /** Gives what fits, in the order of the cloud: its first image, in the first {@value #SIZES} sizes. */
    static List<Offering> choose(Cloud cloud, Base base, Arch arch, Constraints constraints)
            throws InterruptedException {
        @Nullable ImageMetadata image = image(cloud, base, arch, constraints);
        List<InstanceType> types = types(cloud, constraints.withArch(arch));
        return types.isEmpty()
                ? List.of(new Offering(image, null))
                : types.stream()
                        .limit(SIZES)
                        .map(type -> new Offering(image, type))
                        .toList();
    }

    private static @Nullable ImageMetadata image(Cloud cloud, Base base, Arch arch, Constraints constraints)
            throws InterruptedException {
        if (constraints.imageId().isPresent()) {
            return ImageMetadata.of(constraints.imageId().get(), base, arch);
        }
        return fitting(cloud.images(base, arch), base, arch).stream()
                .findFirst()
                .orElse(null);
    }

    /** Keeps the images of a base, in their order. Another one would make another machine than was asked for. */
    static List<ImageMetadata> fitting(List<ImageMetadata> images, Base base, Arch arch) {
        return images.stream()
                .filter(image -> image.base().equals(base) && image.arch() == arch)
                .toList();
    }

    private static List<InstanceType> types(Cloud cloud, Constraints wanted) throws InterruptedException {
        List<InstanceType> listed = cloud.instanceTypes(wanted);
        List<InstanceType> fitting = listed.stream().filter(wanted::isMetBy).toList();
        if (!fitting.isEmpty()) {
            return fitting;
        }
        // Nothing is listed if nothing fits, or if there is but one size.
        List<InstanceType> all = listed.isEmpty() ? cloud.instanceTypes(Constraints.none()) : listed;
        if (all.isEmpty() && wanted.instanceType().isEmpty()) {
            return List.of();
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

    /** Gives the name of the size; empty if the cloud lists none. */
    String typeName() {
        return type == null ? "" : type.name();
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
