package dev.foothold.bootstrap;

import dev.foothold.constraints.Constraints;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes further machines of a model. Immutable; every method gives a changed copy.
 *
 * @param base the operating system
 * @param constraints what each machine has to be, as far as it was said; none by default
 */
public record LaunchParams(Base base, Constraints constraints) {

    /**
     * Creates a description.
     *
     * @param base the operating system
     * @param constraints what each machine has to be
     */
    public LaunchParams {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(constraints, "constraints");
    }

    /**
     * Starts a description.
     *
     * @param base the operating system
     * @return a description with every default
     */
    public static LaunchParams on(Base base) {
        return new LaunchParams(base, Constraints.none());
    }

    /**
     * Says what each machine has to be.
     *
     * @param wanted constraints; what they set wins over what was said before, also by {@link #arch(Arch)}, {@link
     *     #instanceType(String)} and {@link #zones(String...)}, the rest stays
     * @return the changed copy
     */
    public LaunchParams constraints(Constraints wanted) {
        return new LaunchParams(base, wanted.withFallback(constraints));
    }

    /**
     * Says what each machine has to be.
     *
     * @param wanted constraints as {@link Constraints#parse} reads them, for example {@code mem=4G cores=2 zones=a,b};
     *     what they set wins over what was said before
     * @return the changed copy
     * @throws IllegalArgumentException if the text cannot be read; the message names the constraint and what is needed
     */
    public LaunchParams constraints(String wanted) {
        return constraints(Constraints.parse(wanted));
    }

    /**
     * Chooses the architecture.
     *
     * @param architecture the architecture
     * @return the changed copy
     */
    public LaunchParams arch(Arch architecture) {
        return new LaunchParams(base, constraints.withArch(architecture));
    }

    /**
     * Chooses the size.
     *
     * @param name what the cloud calls it
     * @return the changed copy
     */
    public LaunchParams instanceType(String name) {
        return new LaunchParams(base, constraints.withInstanceType(name));
    }

    /**
     * Limits the zones that are used.
     *
     * @param names names of zones, compared exactly
     * @return the changed copy
     */
    public LaunchParams zones(String... names) {
        return new LaunchParams(base, constraints.withZones(names));
    }

    /**
     * Gives the architecture.
     *
     * @return that of the constraints; amd64 by default
     */
    public Arch arch() {
        return constraints.arch().orElse(BootstrapParams.DEFAULT_ARCH);
    }

    /**
     * Gives the size.
     *
     * @return what the cloud calls it; null, the default, for the first that meets the constraints
     */
    public @Nullable String instanceType() {
        return constraints.instanceType().orElse(null);
    }

    /**
     * Gives the only zones to use.
     *
     * @return names of zones; empty, the default, for all
     */
    public Set<String> zones() {
        return Set.copyOf(constraints.zones());
    }
}
