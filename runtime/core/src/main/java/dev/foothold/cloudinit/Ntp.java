package dev.foothold.cloudinit;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says whose time a machine takes.
 *
 * @param servers single hosts
 * @param pools names that stand for many hosts
 */
public record Ntp(List<String> servers, List<String> pools) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,253}[A-Za-z0-9])?");

    /**
     * Creates a description.
     *
     * @param servers single hosts
     * @param pools names that stand for many hosts
     * @throws IllegalArgumentException if one of them is not the name or address of a host
     */
    public Ntp {
        servers = servers.stream().distinct().toList();
        pools = pools.stream().distinct().toList();
        for (String host : Stream.concat(servers.stream(), pools.stream()).toList()) {
            Checked.matching(HOST, "the time server", host, "give the name or address of a host");
        }
    }

    /**
     * Uses single hosts.
     *
     * @param hosts names or addresses
     * @return the description
     * @throws IllegalArgumentException if one of them is not the name or address of a host
     */
    public static Ntp servers(String... hosts) {
        return new Ntp(List.of(hosts), List.of());
    }

    /**
     * Uses names that stand for many hosts.
     *
     * @param hosts for example {@code 0.debian.pool.ntp.org}
     * @return the description
     * @throws IllegalArgumentException if one of them is not the name of a host
     */
    public static Ntp pools(String... hosts) {
        return new Ntp(List.of(), List.of(hosts));
    }

    /** Uses the hosts of both. */
    Ntp and(Ntp other) {
        return new Ntp(
                Stream.concat(servers.stream(), other.servers.stream()).toList(),
                Stream.concat(pools.stream(), other.pools.stream()).toList());
    }
}
