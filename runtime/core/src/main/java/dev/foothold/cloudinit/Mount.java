package dev.foothold.cloudinit;

import java.util.ArrayList;
import java.util.List;

/**
 * Describes a line of {@code /etc/fstab}.
 *
 * @param device what is mounted: a path, a device's short name like {@code sdb1}, {@code LABEL=data}, {@code host:/share}
 * @param point where: an absolute path, or {@code none} for swap space
 * @param type the file system's, for example {@code ext4}; empty for {@code auto}
 * @param options separated by commas; empty for cloud-init's: the boot does not wait for the device
 */
public record Mount(String device, String point, String type, String options) {

    /**
     * Creates a mount.
     *
     * @param device what is mounted
     * @param point where: an absolute path, or {@code none}
     * @param type the file system's; empty for {@code auto}
     * @param options separated by commas; empty for cloud-init's
     * @throws IllegalArgumentException if the point is not absolute, or one of them is more than one word
     */
    public Mount {
        Checked.word("the device to mount,", device);
        Checked.word("the mount point of " + device + ",", point);
        if (!point.equals("none") && !point.startsWith("/")) {
            throw Checked.refused(
                    "the mount point of " + device + ",", point, "is not an absolute path", "write it like /srv/data");
        }
        if (!type.isEmpty()) {
            Checked.word("the file system of " + device + ",", type);
        }
        if (!options.isEmpty()) {
            Checked.word("the mount options of " + device + ",", options);
        }
    }

    /**
     * Mounts a device with every default.
     *
     * @param device what is mounted: a path, a short name, {@code LABEL=} or {@code UUID=}
     * @param point where: an absolute path, or {@code none}
     * @return the mount
     * @throws IllegalArgumentException if the point is not absolute, or one of them is more than one word
     */
    public static Mount of(String device, String point) {
        return new Mount(device, point, "", "");
    }

    /**
     * Names the file system.
     *
     * @param name for example {@code ext4}
     * @return the changed copy
     * @throws IllegalArgumentException if it is more than one word
     */
    public Mount type(String name) {
        return new Mount(device, point, name, options);
    }

    /**
     * Sets options.
     *
     * @param text separated by commas, for example {@code nofail,noatime}
     * @return the changed copy
     * @throws IllegalArgumentException if it is more than one word
     */
    public Mount options(String text) {
        return new Mount(device, point, type, text);
    }

    List<String> fields() {
        List<String> fields = new ArrayList<>(List.of(device, point));
        if (!type.isEmpty() || !options.isEmpty()) {
            fields.add(type.isEmpty() ? "auto" : type);
        }
        if (!options.isEmpty()) {
            fields.add(options);
        }
        return fields;
    }
}
