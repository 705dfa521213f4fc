package dev.foothold.instance;

import dev.foothold.machine.Arch;
import dev.foothold.machine.Quantities;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Says what an instance is made of, as far as the cloud tells. Immutable; every method gives a changed copy.
 *
 * <pre>{@code
 * HardwareCharacteristics.of(Arch.AMD64, 2, 4096).withRootDiskMib(8192)
 * HardwareCharacteristics.parse("arch=amd64 cores=2 mem=4096M root-disk=8G")
 * }</pre>
 *
 * <p>The text is made of pairs {@code name=value} with spaces between: {@code arch}, {@code cores}, {@code cpu-power},
 * {@code mem}, {@code root-disk}, {@code root-disk-source}, {@code tags}, {@code availability-zone}, {@code virt-type}.
 * Numbers and sizes are those of {@link Quantities}; tags are separated by commas. A value, or a tag, may stand in double
 * quotes, with the escapes of C in it; nothing has to follow the closing quote.
 */
public final class HardwareCharacteristics {

    /** The {@linkplain #virtType() kind of virtualisation} of most machines, which is not shown. */
    public static final String CONTAINER = "container";

    /** The {@linkplain #virtType() kind of virtualisation} with a kernel of the machine's own. */
    public static final String VIRTUAL_MACHINE = "virtual-machine";

    private static final BigDecimal MIB_PER_GIB = BigDecimal.valueOf(1024);
    private static final HardwareCharacteristics UNKNOWN =
            new HardwareCharacteristics(new EnumMap<>(Characteristic.class));

    /** In the order of printing; values as {@link Characteristic#read} gives them. */
    private final Map<Characteristic, Object> values;

    private HardwareCharacteristics(EnumMap<Characteristic, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Says that nothing is known.
     *
     * @return characteristics without any value
     */
    public static HardwareCharacteristics unknown() {
        return UNKNOWN;
    }

    /**
     * Makes characteristics of the values that most clouds tell.
     *
     * @param arch the architecture
     * @param cores the number of processor cores; 0 if not known
     * @param memoryMib the memory in MiB; 0 if not known
     * @return the characteristics
     * @throws IllegalArgumentException if a number is negative
     */
    public static HardwareCharacteristics of(Arch arch, long cores, long memoryMib) {
        HardwareCharacteristics hardware = unknown().withArch(arch);
        hardware = cores == 0 ? hardware : hardware.withCores(cores);
        return memoryMib == 0 ? hardware : hardware.withMemoryMib(memoryMib);
    }

    /**
     * Reads characteristics.
     *
     * @param arguments texts of any number of pairs; the order does not matter
     * @return what they say together
     * @throws IllegalArgumentException if a pair is not {@code name=value}, a name is not known, a value is not allowed,
     *     a quote is not closed, or a name is given twice; the message names the characteristic, the value and what is
     *     needed
     */
    public static HardwareCharacteristics parse(String... arguments) {
        return new HardwareCharacteristics(HardwareText.parse(List.of(arguments)));
    }

    /**
     * Sets the architecture.
     *
     * @param arch the architecture
     * @return the changed copy
     */
    public HardwareCharacteristics withArch(Arch arch) {
        return with(Characteristic.ARCH, arch.text());
    }

    /**
     * Sets the number of processor cores.
     *
     * @param cores how many
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public HardwareCharacteristics withCores(long cores) {
        return withNumber(Characteristic.CORES, cores);
    }

    /**
     * Sets the processor power.
     *
     * @param power how much, in a unit of the cloud's own
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public HardwareCharacteristics withCpuPower(long power) {
        return withNumber(Characteristic.CPU_POWER, power);
    }

    /**
     * Sets the memory.
     *
     * @param mib how much, in MiB
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public HardwareCharacteristics withMemoryMib(long mib) {
        return withNumber(Characteristic.MEM, mib);
    }

    /**
     * Sets the size of the root disk.
     *
     * @param mib the size in MiB
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public HardwareCharacteristics withRootDiskMib(long mib) {
        return withNumber(Characteristic.ROOT_DISK, mib);
    }

    /**
     * Sets where the root disk comes from.
     *
     * @param source the name of a storage pool, or what the cloud calls it; empty if not known
     * @return the changed copy
     */
    public HardwareCharacteristics withRootDiskSource(String source) {
        return withRead(Characteristic.ROOT_DISK_SOURCE, source);
    }

    /**
     * Sets the labels of the machine; they are not the tags that say whose it is.
     *
     * @param tags the labels; empty ones are dropped
     * @return the changed copy
     */
    public HardwareCharacteristics withTags(String... tags) {
        List<String> labels =
                List.of(tags).stream().filter(tag -> !tag.isEmpty()).toList();
        return with(Characteristic.TAGS, labels.isEmpty() ? null : labels);
    }

    /**
     * Sets the availability zone.
     *
     * @param zone the zone's name; empty if not known
     * @return the changed copy
     */
    public HardwareCharacteristics withAvailabilityZone(String zone) {
        return withRead(Characteristic.AVAILABILITY_ZONE, zone);
    }

    /**
     * Sets the kind of virtualisation.
     *
     * @param type {@link #CONTAINER} or {@link #VIRTUAL_MACHINE}, in any case; empty if not known
     * @return the changed copy
     * @throws IllegalArgumentException if it is something else
     */
    public HardwareCharacteristics withVirtType(String type) {
        try {
            return withRead(Characteristic.VIRT_TYPE, type);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the kind of virtualisation " + e.getMessage(), e);
        }
    }

    /**
     * Gives the architecture.
     *
     * @return empty if not known
     */
    public Optional<Arch> arch() {
        return text(Characteristic.ARCH).filter(arch -> !arch.isEmpty()).map(Arch::parse);
    }

    /**
     * Gives the number of processor cores.
     *
     * @return empty if not known; {@link Long#MAX_VALUE} stands for all larger numbers
     */
    public OptionalLong cores() {
        return number(Characteristic.CORES);
    }

    /**
     * Gives the processor power.
     *
     * @return in a unit of the cloud's own; empty if not known; {@link Long#MAX_VALUE} stands for all larger numbers
     */
    public OptionalLong cpuPower() {
        return number(Characteristic.CPU_POWER);
    }

    /**
     * Gives the memory.
     *
     * @return in MiB; empty if not known; {@link Long#MAX_VALUE} stands for all larger numbers
     */
    public OptionalLong memoryMib() {
        return number(Characteristic.MEM);
    }

    /**
     * Gives the size of the root disk.
     *
     * @return in MiB; empty if not known; {@link Long#MAX_VALUE} stands for all larger numbers
     */
    public OptionalLong rootDiskMib() {
        return number(Characteristic.ROOT_DISK);
    }

    /**
     * Gives where the root disk comes from.
     *
     * @return the name of a storage pool, or what the cloud calls it; empty if not known
     */
    public Optional<String> rootDiskSource() {
        return text(Characteristic.ROOT_DISK_SOURCE);
    }

    /**
     * Gives the labels of the machine.
     *
     * @return in the cloud's order; empty if there are none or they are not known
     */
    public List<String> tags() {
        Object tags = values.get(Characteristic.TAGS);
        return tags == null ? List.of() : texts(tags);
    }

    /**
     * Gives the availability zone.
     *
     * @return the zone's name; empty if not known
     */
    public Optional<String> availabilityZone() {
        return text(Characteristic.AVAILABILITY_ZONE);
    }

    /**
     * Gives the kind of virtualisation.
     *
     * @return {@link #CONTAINER} or {@link #VIRTUAL_MACHINE}; empty if not known
     */
    public Optional<String> virtType() {
        return text(Characteristic.VIRT_TYPE);
    }

    /**
     * Renders the values a user wants to see when a machine has been started.
     *
     * @return for example {@code arch=amd64 mem=3.5G cores=2}; what is not known, or zero, is left out; memory below
     *     1 GiB is shown in M, else in G with at most one decimal, ties rounded to the even digit; the kind of
     *     virtualisation is shown unless it is {@link #CONTAINER}
     */
    public String summary() {
        List<String> parts = new ArrayList<>();
        arch().ifPresent(arch -> parts.add("arch=" + arch.text()));
        positive(Characteristic.MEM).ifPresent(mib -> parts.add("mem=" + memory(mib)));
        positive(Characteristic.CORES).ifPresent(cores -> parts.add("cores=" + cores));
        virtType().filter(type -> !type.equals(CONTAINER)).ifPresent(type -> parts.add("virt-type=" + type));
        return String.join(" ", parts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HardwareCharacteristics hardware && values.equals(hardware.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /**
     * Writes the characteristics as text.
     *
     * @return what {@link #parse} reads as these characteristics; values with commas, double quotes or white space are
     *     quoted
     */
    @Override
    public String toString() {
        return HardwareText.write(values);
    }

    @SuppressWarnings("unchecked") // the value of TAGS is nothing else
    static List<String> texts(Object value) {
        return (List<String>) value;
    }

    private HardwareCharacteristics with(Characteristic name, @Nullable Object value) {
        EnumMap<Characteristic, Object> changed = new EnumMap<>(Characteristic.class);
        changed.putAll(values);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new HardwareCharacteristics(changed);
    }

    private HardwareCharacteristics withNumber(Characteristic name, long number) {
        if (number < 0) {
            throw new IllegalArgumentException(
                    "hardware characteristic \"" + name.text() + "\" must not be negative: " + number);
        }
        return with(name, BigInteger.valueOf(number));
    }

    private HardwareCharacteristics withRead(Characteristic name, String value) {
        return with(name, name.read(value).orElse(null));
    }

    private Optional<String> text(Characteristic name) {
        return Optional.ofNullable(values.get(name)).map(String.class::cast);
    }

    private Optional<BigInteger> positive(Characteristic name) {
        return Optional.ofNullable(values.get(name)).map(BigInteger.class::cast).filter(number -> number.signum() > 0);
    }

    private OptionalLong number(Characteristic name) {
        return Optional.ofNullable(values.get(name)).stream()
                .map(BigInteger.class::cast)
                .mapToLong(Quantities::clamped)
                .findFirst();
    }

    private static String memory(BigInteger mib) {
        if (mib.bitLength() <= 10) {
            return mib + "M";
        }
        BigDecimal gib = new BigDecimal(mib).divide(MIB_PER_GIB, 1, RoundingMode.HALF_EVEN);
        return gib.stripTrailingZeros().toPlainString() + "G";
    }
}
