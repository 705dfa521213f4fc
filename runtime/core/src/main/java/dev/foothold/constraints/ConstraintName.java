package dev.foothold.constraints;

import dev.foothold.config.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names what can be asked of a machine, in the order in which constraints are printed. */
public enum ConstraintName {
    /** The architecture: a name of {@link dev.foothold.machine.Arch}. */
    ARCH("arch", ValueForm.ARCH),
    /** What the machine shall be inside of another one: a name of {@link dev.foothold.machine.ContainerType}. */
    CONTAINER("container", ValueForm.CONTAINER),
    /** The least number of processor cores; {@code cpu-cores} is another name for it. */
    CORES("cores", ValueForm.COUNT, "cpu-cores"),
    /** The least processor power, in a unit of the cloud's own. */
    CPU_POWER("cpu-power", ValueForm.COUNT),
    /** What the machine may do in the cloud: the name of a role there. */
    INSTANCE_ROLE("instance-role", ValueForm.TEXT),
    /** The size, by the cloud's own name for it. */
    INSTANCE_TYPE("instance-type", ValueForm.TEXT),
    /** The least memory. */
    MEM("mem", ValueForm.SIZE),
    /** The least size of the root disk. */
    ROOT_DISK("root-disk", ValueForm.SIZE),
    /** Where the root disk comes from: a storage pool, or a name of the cloud's own. */
    ROOT_DISK_SOURCE("root-disk-source", ValueForm.TEXT),
    /** Labels that the cloud's machines have, for clouds of real machines. */
    TAGS("tags", ValueForm.LIST),
    /** Networks that the machine has to be in, or must not be in if a {@code ^} stands before the name. */
    SPACES("spaces", ValueForm.SPACES),
    /** The kind of virtualisation, by the cloud's own name for it. */
    VIRT_TYPE("virt-type", ValueForm.TEXT),
    /** The only availability zones to use. */
    ZONES("zones", ValueForm.LIST),
    /** Whether the machine gets an address that can be reached from everywhere. */
    ALLOCATE_PUBLIC_IP("allocate-public-ip", ValueForm.BOOL),
    /** The image to start from, by the cloud's own name for it. */
    IMAGE_ID("image-id", ValueForm.TEXT);

    private final String text;
    private final ValueForm form;
    private final List<String> aliases;

    ConstraintName(String text, ValueForm form, String... aliases) {
        this.text = text;
        this.form = form;
        this.aliases = List.of(aliases);
    }

    /**
     * Renders the name as it is written in constraints.
     *
     * @return for example {@code root-disk}
     */
    public String text() {
        return text;
    }

    /**
     * Gives other names for the same.
     *
     * @return names that {@link #parse} understands but nothing writes
     */
    public List<String> aliases() {
        return aliases;
    }

    /**
     * Reads a name.
     *
     * @param word as {@link #text()} writes it, or an alias
     * @return the constraint of that name
     * @throws IllegalArgumentException if there is none; the message tells the nearest, or all there are
     */
    public static ConstraintName parse(String word) {
        return Arrays.stream(values())
                .filter(name -> name.words().anyMatch(word::equals))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no constraint " + ConstraintText.quoted(word) + "; " + advice(word)));
    }

    ValueForm form() {
        return form;
    }

    private Stream<String> words() {
        return Stream.concat(Stream.of(text), aliases.stream());
    }

    private static String advice(String word) {
        List<String> words =
                Arrays.stream(values()).flatMap(ConstraintName::words).toList();
        return Nearest.to(word, words)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElseGet(() -> "use one of "
                        + Arrays.stream(values()).map(ConstraintName::text).collect(Collectors.joining(", ")));
    }
}
