package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
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

    /** Chooses the first image and size that fit. */
    static Offering choose(Cloud cloud, Base base, Arch arch, @Nullable String typeName) throws InterruptedException {
        List<InstanceType> types = cloud.instanceTypes();
        List<InstanceType> fitting = types.stream()
                .filter(type -> type.arch() == arch)
                .filter(type -> typeName == null || type.name().equals(typeName))
                .toList();
        if (fitting.isEmpty() && (!types.isEmpty() || typeName != null)) {
            throw new BootstrapException(
                    "the cloud has no instance type "
                            + (typeName == null ? "" : "\"" + typeName + "\" ") + "for " + arch.text() + "; it has: "
                            + types.stream()
                                    .map(type ->
                                            type.name() + " (" + type.arch().text() + ")")
                                    .collect(Collectors.joining(", ")),
                    null);
        }
        List<ImageMetadata> images = cloud.images(base, arch);
        return new Offering(images.isEmpty() ? null : images.get(0), fitting.isEmpty() ? null : fitting.get(0));
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
