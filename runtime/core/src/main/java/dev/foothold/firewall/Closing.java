package dev.foothold.firewall;

import dev.foothold.network.AddressType;
import dev.foothold.network.Cidr;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says where nothing gets in except through an {@link Opening}. It is about new connections: what is connected stays so.
 * What a machine sends to itself always gets through, and so do the answers that its IPv6 address comes with.
 *
 * @param destination the one address of the machine; null for all of them, of both families
 * @param networkInterface the one interface, for example {@code eth1}; null for all of them
 */
public record Closing(@Nullable Cidr destination, @Nullable String networkInterface) implements Comparable<Closing> {

    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,14}");
    private static final Comparator<Closing> ORDER = Comparator.comparing(Closing::toString);

    /**
     * Creates a closing.
     *
     * @param destination the one address of the machine; null for all of them
     * @param networkInterface the one interface; null for all of them
     * @throws IllegalArgumentException if the interface cannot be called like that
     */
    public Closing {
        if (networkInterface != null) {
            requireInterface(networkInterface);
        }
    }

    /**
     * Checks the name of an interface.
     *
     * @throws IllegalArgumentException if no interface can be called like that
     */
    static String requireInterface(String name) {
        if (!INTERFACE.matcher(name).matches()) {
            throw new IllegalArgumentException("a network interface cannot be called \""
                    + name.replaceAll("\\p{Cntrl}", "?") + "\"; expected a name such as eth1");
        }
        return name;
    }

    /**
     * Makes the closing of everything.
     *
     * @return all addresses, at all interfaces
     */
    public static Closing everywhere() {
        return new Closing(null, null);
    }

    /** Tells whether it has a say about packets of a family. */
    boolean concerns(AddressType family) {
        return destination == null || destination.family() == family;
    }

    /** Tells whether packets to an address may be among those it closes. */
    boolean concerns(Cidr address, @Nullable String arrival) {
        return (destination == null || destination.contains(address))
                && (networkInterface == null || arrival == null || networkInterface.equals(arrival));
    }

    /** Tells whether all that another one closes is closed by this one. */
    boolean covers(@Nullable Cidr address, @Nullable String arrival) {
        return (destination == null || address != null && destination.contains(address))
                && (networkInterface == null || networkInterface.equals(arrival));
    }

    /**
     * Names the address.
     *
     * @return empty if it is about all of them
     */
    public Optional<Cidr> at() {
        return Optional.ofNullable(destination);
    }

    @Override
    public int compareTo(Closing other) {
        return ORDER.compare(this, other);
    }

    /**
     * Renders it for people.
     *
     * @return for example {@code everything else to 192.0.2.7 at eth1}
     */
    @Override
    public String toString() {
        return "everything else" + (destination == null ? "" : " to " + destination.networkAddress())
                + (networkInterface == null ? "" : " at " + networkInterface);
    }
}
