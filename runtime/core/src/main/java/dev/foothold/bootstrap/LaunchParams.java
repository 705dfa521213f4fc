package dev.foothold.bootstrap;

import dev.foothold.constraints.Constraints;
import dev.foothold.distribution.Spread;
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
 * @param spread how evenly the zones are used, see {@link #spread(Spread)}; {@link Spread#even()} by default
 */
public record LaunchParams(Base base, Constraints constraints, Spread spread) {

    /**
     * Creates a description.
     *
     * @param base the operating system
     * @param constraints what each machine has to be
     * @param spread how evenly the zones are used
     */
    public LaunchParams {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(constraints, "constraints");
        Objects.requireNonNull(spread, "spread");
    }

    /**
     * Creates a description of machines that are spread evenly.
     *
     * @param base the operating system
     * @param constraints what each machine has to be
     */
    public LaunchParams(Base base, Constraints constraints) {
        this(base, constraints, Spread.even());
    }

    /**
     * Starts a description.
     *
     * @param base the operating system
     * @return a description with every default
     */
    public static LaunchParams on(Base base) {
        return new LaunchParams(base, Constraints.none(), Spread.even());
    }

    /**
     * Says what each machine has to be.
     *
     * @param wanted constraints; what they set wins over what was said before, also by {@link #arch(Arch)}, {@link
     *     #instanceType(String)} and {@link #zones(String...)}, the rest stays
     * @return the changed copy
     */
    public LaunchParams constraints(Constraints wanted) {
        return new LaunchParams(base, wanted.withFallback(constraints), spread);
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
        return new LaunchParams(base, constraints.withArch(architecture), spread);
    }

    /**
     * Chooses the size.
     *
     * @param name what the cloud calls it
     * @return the changed copy
     */
    public LaunchParams instanceType(String name) {
        return new LaunchParams(base, constraints.withInstanceType(name), spread);
    }

    /**
     * Limits the zones that are used.
     *
     * @param names names of zones, compared exactly
     * @return the changed copy
     */
    public LaunchParams zones(String... names) {
        return new LaunchParams(base, constraints.withZones(names), spread);
    }

    /**
     * Chooses between evenly spread zones and the size that was asked for, where a zone has no room for it. {@link
     * Spread#even()}, the default, asks that zone for the next size rather than put more than one machine more into the
     * others; {@link Spread#within} lets these get further ahead first; {@link Spread#unlimited()} takes any zone that has
     * the size, and the next size only when none has. A zone that has no room for any size does not count.
     *
     * @param wanted how evenly the zones are used; a cloud without zones takes no notice of it
     * @return the changed copy
     */
    public LaunchParams spread(Spread wanted) {
        return new LaunchParams(base, constraints, wanted);
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
