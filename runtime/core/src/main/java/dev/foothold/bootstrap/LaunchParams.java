package dev.foothold.bootstrap;

import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes further machines of a model. Immutable; every method gives a changed copy.
 *
 * @param base the operating system
 * @param arch the architecture; amd64 by default
 * @param instanceType the name of the size; null, the default, for the first the cloud offers
 * @param zones the only zones to use; empty, the default, for all
 */
public record LaunchParams(Base base, Arch arch, @Nullable String instanceType, Set<String> zones) {

    /**
     * Creates a description.
     *
     * @param base the operating system
     * @param arch the architecture
     * @param instanceType the name of the size
     * @param zones the only zones to use
     */
    public LaunchParams {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(arch, "arch");
        zones = Set.copyOf(zones);
    }

    /**
     * Starts a description.
     *
     * @param base the operating system
     * @return a description with every default
     */
    public static LaunchParams on(Base base) {
        return new LaunchParams(base, Arch.AMD64, null, Set.of());
    }

    /**
     * Chooses the architecture.
     *
     * @param architecture the architecture
     * @return the changed copy
     */
    public LaunchParams arch(Arch architecture) {
        return new LaunchParams(base, architecture, instanceType, zones);
    }

    /**
     * Chooses the size.
     *
     * @param name what the cloud calls it
     * @return the changed copy
     */
    public LaunchParams instanceType(String name) {
        return new LaunchParams(base, arch, name, zones);
    }

    /**
     * Limits the zones that are used.
     *
     * @param names names of zones, compared exactly
     * @return the changed copy
     */
    public LaunchParams zones(String... names) {
        return new LaunchParams(base, arch, instanceType, Set.copyOf(List.of(names)));
    }
}
