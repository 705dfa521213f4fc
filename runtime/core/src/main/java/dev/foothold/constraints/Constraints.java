package dev.foothold.constraints;

import dev.foothold.internal.yaml.YamlException;
import dev.foothold.internal.yaml.YamlText;
import dev.foothold.machine.Arch;
import dev.foothold.machine.ContainerType;
import dev.foothold.machine.InstanceType;
import dev.foothold.machine.Quantities;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what a machine has to be. Immutable; every method gives a changed copy.
 *
 * <pre>{@code
 * Constraints.parse("mem=4G cores=2 zones=a,b")
 * Constraints.none().withMemoryMib(4096).withCores(2).withZones("a", "b")
 * }</pre>
 *
 * <p>The text is made of pairs {@code name=value} with spaces between; the names are those of {@link ConstraintName}. A
 * value holds a space if a backslash stands before it; {@code \}{@code uXXXX} stands for the character of that
 * hexadecimal number, where the character itself would separate items or would be trimmed. {@code cores} and
 * {@code cpu-power} are whole numbers up to 2<sup>64</sup> - 1, {@code mem} and {@code root-disk} numbers of MiB, or with
 * one of the suffixes {@code M G T P}, each 1024 of the one before, rounded up to whole MiB; {@code tags}, {@code spaces}
 * and {@code zones} lists with commas between.
 *
 * <p>A constraint that is given without a value, as in {@code mem=}, is set all the same: it asks for nothing, and
 * overrides a default. (Only {@code allocate-public-ip=} stays unset.) {@link #isSet} tells what is set, {@link #has} what
 * asks for something; the typed methods, such as {@link #memoryMib()}, give what is asked for.
 */
public final class Constraints {

    /** Stands before the name of a space that the machine must not be in. */
    static final String NOT = "^";

    private static final Constraints NONE = new Constraints(new EnumMap<>(ConstraintName.class));

    /** In the order in which they are printed; values as {@link ValueForm#stored} gives them. */
    private final Map<ConstraintName, Object> values;

    private Constraints(EnumMap<ConstraintName, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /**
     * Asks for nothing.
     *
     * @return constraints of which none is set
     */
    public static Constraints none() {
        return NONE;
    }

    /**
     * Reads constraints.
     *
     * @param arguments texts of any number of pairs, for example the rest of a command line; the order does not matter
     * @return what they say together
     * @throws IllegalArgumentException if a pair is not {@code name=value}, a name is not known, a value is not allowed,
     *     or a name is given twice; the message names the constraint, the value and what is needed
     */
    public static Constraints parse(String... arguments) {
        return parseWithAliases(List.of(arguments)).constraints();
    }

    /**
     * Reads constraints, and tells which of their names were written differently.
     *
     * @param arguments texts of any number of pairs
     * @return what they say together
     * @throws IllegalArgumentException as {@link #parse} does
     */
    public static ParsedConstraints parseWithAliases(List<String> arguments) {
        EnumMap<ConstraintName, Object> values = new EnumMap<>(ConstraintName.class);
        Map<String, ConstraintName> aliases = new LinkedHashMap<>();
        for (String argument : arguments) {
            for (String pair : ConstraintText.pairs(argument)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException(
                            ConstraintText.quoted(pair) + " is not a constraint; write it as name=value");
                }
                String word = pair.substring(0, equals);
                ConstraintName name = ConstraintName.parse(word);
                Object earlier = values.get(name);
                if (earlier != null) {
                    throw new IllegalArgumentException("constraint \"" + name.text() + "\" is given twice: "
                            + ConstraintText.quoted(pair) + " comes after "
                            + ConstraintText.quoted(
                                    name.text() + "=" + name.form().render(earlier)));
                }
                String written = pair.substring(equals + 1);
                Object value;
                try {
                    value = name.form().parse(written);
                } catch (IllegalArgumentException e) {
                    throw notAllowed(name, ConstraintText.quoted(written) + " ", e);
                }
                if (value != null) {
                    values.put(name, value);
                }
                if (!word.equals(name.text())) {
                    aliases.put(word, name);
                }
            }
        }
        return new ParsedConstraints(new Constraints(values), aliases);
    }

    /**
     * Takes over constraints from a map, as {@link #toMap()} makes it and any reader of YAML or JSON gives it.
     *
     * @param map whole numbers for {@code cores}, {@code cpu-power} and, in MiB, {@code mem} and {@code root-disk};
     *     collections of texts for {@code tags}, {@code spaces} and {@code zones}; a boolean for {@code
     *     allocate-public-ip}; texts for all others. What is null is not set
     * @return the constraints
     * @throws IllegalArgumentException if a name is not known, a value is not allowed, or a name is there twice, once as
     *     an alias; the message names the constraint and what is needed
     */
    public static Constraints fromMap(Map<String, ? extends @Nullable Object> map) {
        EnumMap<ConstraintName, Object> values = new EnumMap<>(ConstraintName.class);
        Map<ConstraintName, String> words = new EnumMap<>(ConstraintName.class);
        map.forEach((word, value) -> {
            ConstraintName name = ConstraintName.parse(word);
            String earlier = words.put(name, word);
            if (earlier != null) {
                throw new IllegalArgumentException("constraint \"" + name.text() + "\" is given twice: "
                        + List.of(earlier, word).stream().sorted().collect(Collectors.joining(" duplicates ")));
            }
            if (value != null) {
                values.put(name, stored(name, value));
            }
        });
        return new Constraints(values);
    }

    /**
     * Reads constraints from YAML, or from JSON, which is a form of it.
     *
     * @param text a mapping, or nothing, as {@link #fromMap} takes it
     * @return the constraints
     * @throws IllegalArgumentException if it is not YAML, or says something that {@link #fromMap} refuses
     */
    public static Constraints fromYaml(String text) {
        try {
            return fromMap(YamlText.load(text));
        } catch (YamlException e) {
            throw new IllegalArgumentException("the constraints cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Puts constraints together that set different things.
     *
     * @param parts any number of them
     * @return all that they set
     * @throws IllegalArgumentException if two of them set the same, even to the same value; the message names it.
     *     {@link #withFallback} lets one of them win
     */
    public static Constraints join(Collection<Constraints> parts) {
        EnumMap<ConstraintName, Object> values = new EnumMap<>(ConstraintName.class);
        for (Constraints part : parts) {
            part.values.forEach((name, value) -> {
                Object earlier = values.put(name, value);
                if (earlier != null) {
                    throw new IllegalArgumentException("constraint \"" + name.text() + "\" is given twice, as "
                            + ConstraintText.quoted(name.form().render(earlier)) + " and as "
                            + ConstraintText.quoted(name.form().render(value)));
                }
            });
        }
        return new Constraints(values);
    }

    /**
     * Takes what is not set here from other constraints. What excludes each other is not known here: see
     * {@link ConstraintsValidator#merge}.
     *
     * @param fallback gives what is not set here; what is set, even to nothing, wins
     * @return the changed copy
     */
    public Constraints withFallback(Constraints fallback) {
        EnumMap<ConstraintName, Object> merged = new EnumMap<>(ConstraintName.class);
        merged.putAll(fallback.values);
        merged.putAll(values);
        return new Constraints(merged);
    }

    /**
     * Forgets constraints.
     *
     * @param names what is not to be set
     * @return the changed copy
     */
    public Constraints without(Collection<ConstraintName> names) {
        EnumMap<ConstraintName, Object> rest = new EnumMap<>(ConstraintName.class);
        rest.putAll(values);
        rest.keySet().removeAll(Set.copyOf(names));
        return new Constraints(rest);
    }

    /**
     * Asks for an architecture.
     *
     * @param arch the architecture
     * @return the changed copy
     */
    public Constraints withArch(Arch arch) {
        return with(ConstraintName.ARCH, arch.text());
    }

    /**
     * Asks for a container.
     *
     * @param type the kind of container
     * @return the changed copy
     */
    public Constraints withContainer(ContainerType type) {
        return with(ConstraintName.CONTAINER, type.text());
    }

    /**
     * Asks for processor cores.
     *
     * @param atLeast how many
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public Constraints withCores(long atLeast) {
        return with(ConstraintName.CORES, atLeast);
    }

    /**
     * Asks for processor power.
     *
     * @param atLeast how much, in a unit of the cloud's own
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public Constraints withCpuPower(long atLeast) {
        return with(ConstraintName.CPU_POWER, atLeast);
    }

    /**
     * Asks for a role in the cloud.
     *
     * @param role what the cloud calls it
     * @return the changed copy
     */
    public Constraints withInstanceRole(String role) {
        return with(ConstraintName.INSTANCE_ROLE, role);
    }

    /**
     * Asks for a size of machine.
     *
     * @param type what the cloud calls it
     * @return the changed copy
     */
    public Constraints withInstanceType(String type) {
        return with(ConstraintName.INSTANCE_TYPE, type);
    }

    /**
     * Asks for memory.
     *
     * @param atLeast how much, in MiB
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public Constraints withMemoryMib(long atLeast) {
        return with(ConstraintName.MEM, atLeast);
    }

    /**
     * Asks for a size of the root disk.
     *
     * @param atLeast how much, in MiB
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public Constraints withRootDiskMib(long atLeast) {
        return with(ConstraintName.ROOT_DISK, atLeast);
    }

    /**
     * Says where the root disk comes from.
     *
     * @param source the name of a storage pool, or what the cloud calls it
     * @return the changed copy
     */
    public Constraints withRootDiskSource(String source) {
        return with(ConstraintName.ROOT_DISK_SOURCE, source);
    }

    /**
     * Asks for labels.
     *
     * @param tags the labels the machine must have
     * @return the changed copy
     */
    public Constraints withTags(String... tags) {
        return with(ConstraintName.TAGS, List.of(tags));
    }

    /**
     * Asks for networks.
     *
     * @param spaces names of spaces to be in, or, with a {@code ^} before the name, not to be in
     * @return the changed copy
     * @throws IllegalArgumentException if one of them is not the name of a space
     */
    public Constraints withSpaces(String... spaces) {
        return with(ConstraintName.SPACES, List.of(spaces));
    }

    /**
     * Asks for a kind of virtualisation.
     *
     * @param type what the cloud calls it
     * @return the changed copy
     */
    public Constraints withVirtType(String type) {
        return with(ConstraintName.VIRT_TYPE, type);
    }

    /**
     * Limits the availability zones.
     *
     * @param zones names of zones, compared exactly
     * @return the changed copy
     */
    public Constraints withZones(String... zones) {
        return with(ConstraintName.ZONES, List.of(zones));
    }

    /**
     * Says whether the machine gets an address that can be reached from everywhere.
     *
     * @param allocate whether it does
     * @return the changed copy
     */
    public Constraints withAllocatePublicIp(boolean allocate) {
        return with(ConstraintName.ALLOCATE_PUBLIC_IP, allocate);
    }

    /**
     * Asks for an image.
     *
     * @param id what the cloud calls it
     * @return the changed copy
     */
    public Constraints withImageId(String id) {
        return with(ConstraintName.IMAGE_ID, id);
    }

    /**
     * Tells whether nothing is set.
     *
     * @return true if there is not even an empty value
     */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /**
     * Lists what is set.
     *
     * @return names in the order of printing, those with empty values among them; unmodifiable
     */
    public Set<ConstraintName> names() {
        return values.keySet();
    }

    /**
     * Tells whether something is set.
     *
     * @param name what
     * @return true even if its value is empty
     */
    public boolean isSet(ConstraintName name) {
        return values.containsKey(name);
    }

    /**
     * Tells whether something is asked for.
     *
     * @param name what
     * @return true if it is set and neither empty, nor zero, nor {@code container=none}
     */
    public boolean has(ConstraintName name) {
        return value(name).isPresent();
    }

    /**
     * Gives the architecture.
     *
     * @return empty for any
     */
    public Optional<Arch> arch() {
        return text(ConstraintName.ARCH).map(Arch::parse);
    }

    /**
     * Gives the container.
     *
     * @return empty for the machine itself
     */
    public Optional<ContainerType> container() {
        return text(ConstraintName.CONTAINER).map(ContainerType::parse);
    }

    /**
     * Gives the least number of processor cores.
     *
     * @return above zero; empty for any; {@link Long#MAX_VALUE} stands for all larger numbers
     */
    public OptionalLong cores() {
        return number(ConstraintName.CORES);
    }

    /**
     * Gives the least processor power.
     *
     * @return in a unit of the cloud's own, above zero; empty for any; {@link Long#MAX_VALUE} stands for all larger numbers
     */
    public OptionalLong cpuPower() {
        return number(ConstraintName.CPU_POWER);
    }

    /**
     * Gives the role in the cloud.
     *
     * @return what the cloud calls it; empty for none
     */
    public Optional<String> instanceRole() {
        return text(ConstraintName.INSTANCE_ROLE);
    }

    /**
     * Gives the size of machine.
     *
     * @return what the cloud calls it; empty for any
     */
    public Optional<String> instanceType() {
        return text(ConstraintName.INSTANCE_TYPE);
    }

    /**
     * Gives the least memory.
     *
     * @return in MiB, above zero; empty for any; {@link Long#MAX_VALUE} stands for all larger numbers
     */
    public OptionalLong memoryMib() {
        return number(ConstraintName.MEM);
    }

    /**
     * Gives the least size of the root disk.
     *
     * @return in MiB, above zero; empty for any; {@link Long#MAX_VALUE} stands for all larger numbers
     */
    public OptionalLong rootDiskMib() {
        return number(ConstraintName.ROOT_DISK);
    }

    /**
     * Gives where the root disk comes from.
     *
     * @return the name of a storage pool, or what the cloud calls it; empty for the cloud's default
     */
    public Optional<String> rootDiskSource() {
        return text(ConstraintName.ROOT_DISK_SOURCE);
    }

    /**
     * Gives the labels the machine must have.
     *
     * @return in the order they were given; empty for none
     */
    public List<String> tags() {
        return list(ConstraintName.TAGS);
    }

    /**
     * Gives the networks as they were asked for.
     *
     * @return names of spaces, those to avoid with a {@code ^} before the name; empty for any
     */
    public List<String> spaces() {
        return list(ConstraintName.SPACES);
    }

    /**
     * Gives the networks the machine has to be in.
     *
     * @return names of spaces
     */
    public List<String> includeSpaces() {
        return list(ConstraintName.SPACES).stream()
                .filter(space -> !space.startsWith(NOT))
                .toList();
    }

    /**
     * Gives the networks the machine must not be in.
     *
     * @return names of spaces, without the {@code ^}
     */
    public List<String> excludeSpaces() {
        return list(ConstraintName.SPACES).stream()
                .filter(space -> space.startsWith(NOT))
                .map(space -> space.substring(NOT.length()))
                .toList();
    }

    /**
     * Gives the kind of virtualisation.
     *
     * @return what the cloud calls it; empty for any
     */
    public Optional<String> virtType() {
        return text(ConstraintName.VIRT_TYPE);
    }

    /**
     * Gives the only availability zones to use.
     *
     * @return in the order they were given; empty for all
     */
    public List<String> zones() {
        return list(ConstraintName.ZONES);
    }

    /**
     * Tells whether the machine gets an address that can be reached from everywhere.
     *
     * @return empty for the cloud's default
     */
    public Optional<Boolean> allocatePublicIp() {
        return value(ConstraintName.ALLOCATE_PUBLIC_IP).map(Boolean.class::cast);
    }

    /**
     * Gives the image.
     *
     * @return what the cloud calls it; empty for any
     */
    public Optional<String> imageId() {
        return text(ConstraintName.IMAGE_ID);
    }

    /**
     * Tells whether a size of machine is what is asked for, as far as it says what it is.
     *
     * @param type the size
     * @return true if its name and architecture are those asked for, if there are any, and it has at least the cores and
     *     memory
     */
    public boolean isMetBy(InstanceType type) {
        return instanceType().map(type.name()::equals).orElse(true)
                && arch().map(type.arch()::equals).orElse(true)
                && cores().orElse(0) <= type.cores()
                && memoryMib().orElse(0) <= type.memoryMib();
    }

    /**
     * Gives the constraints as a map, for writers of YAML or JSON.
     *
     * @return what {@link #fromMap} takes; in the order of printing, unmodifiable; sizes are numbers of MiB
     */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        values.forEach((name, value) -> map.put(name.text(), value));
        return Collections.unmodifiableMap(map);
    }

    /**
     * Writes the constraints as YAML.
     *
     * @return what {@link #fromYaml} reads as these constraints; a mapping in block style
     */
    public String toYaml() {
        return YamlText.render(toMap());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Constraints constraints && values.equals(constraints.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /**
     * Writes the constraints as text.
     *
     * @return what {@link #parse} reads as these constraints, in the order of {@link ConstraintName}, sizes in M
     */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry ->
                        entry.getKey().text() + "=" + entry.getKey().form().render(entry.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** Gives what a vocabulary has to contain. */
    List<String> words(ConstraintName name) {
        Object value = values.get(name);
        return value == null ? List.of() : name.form().words(value);
    }

    private Constraints with(ConstraintName name, Object value) {
        EnumMap<ConstraintName, Object> changed = new EnumMap<>(ConstraintName.class);
        changed.putAll(values);
        changed.put(name, stored(name, value));
        return new Constraints(changed);
    }

    private Optional<Object> value(ConstraintName name) {
        return Optional.ofNullable(values.get(name)).filter(name.form()::says);
    }

    private Optional<String> text(ConstraintName name) {
        return value(name).map(String.class::cast);
    }

    private OptionalLong number(ConstraintName name) {
        return value(name).stream()
                .map(BigInteger.class::cast)
                .mapToLong(Quantities::clamped)
                .findFirst();
    }

    private List<String> list(ConstraintName name) {
        return value(name).map(ValueForm::texts).orElse(List.of());
    }

    private static Object stored(ConstraintName name, Object value) {
        try {
            return name.form().stored(value);
        } catch (IllegalArgumentException e) {
            String shown = value instanceof Collection<?> || value instanceof Map<?, ?>
                    ? ""
                    : ConstraintText.quoted(value.toString()) + " ";
            throw notAllowed(name, shown, e);
        }
    }

    private static IllegalArgumentException notAllowed(
            ConstraintName name, String shown, IllegalArgumentException reason) {
        return new IllegalArgumentException(
                "the value " + shown + "of constraint \"" + name.text() + "\" " + reason.getMessage(), reason);
    }
}
