package dev.foothold.network;

import java.util.Objects;

/**
 * Says where a machine answers: an IP address or a name, how far it reaches, and the port its SSH server listens on.
 *
 * @param value an IPv4 or IPv6 address without brackets, or a host name; not blank
 * @param scope from where the address can be reached
 * @param sshPort the port of the SSH server, 1 to 65535; 22 unless the cloud forwards another one
 */
public record MachineAddress(String value, AddressScope scope, int sshPort) {

    /** The port SSH servers listen on by default. */
    public static final int DEFAULT_SSH_PORT = 22;

    /**
     * Creates an address.
     *
     * @param value an IPv4 or IPv6 address without brackets, or a host name
     * @param scope from where the address can be reached
     * @param sshPort the port of the SSH server, 1 to 65535
     * @throws IllegalArgumentException if the value is blank or the port is not from 1 to 65535
     */
    public MachineAddress {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(scope, "scope");
        if (value.isBlank()) {
            throw new IllegalArgumentException("an address must not be blank");
        }
        if (sshPort < 1 || sshPort > 65535) {
            throw new IllegalArgumentException(
                    "the SSH port of address \"" + value + "\" must be from 1 to 65535, but is " + sshPort);
        }
    }

    /**
     * Makes an address whose SSH server listens on port 22.
     *
     * @param value an IP address or a host name
     * @param scope from where it can be reached
     * @return the address
     * @throws IllegalArgumentException if the value is blank
     */
    public static MachineAddress of(String value, AddressScope scope) {
        return new MachineAddress(value, scope, DEFAULT_SSH_PORT);
    }

    /**
     * Makes an address whose scope follows from its value, and whose SSH server listens on port 22.
     *
     * @param value an IP address or a host name
     * @return the address; for a host name, its scope is {@link AddressScope#UNKNOWN}
     * @throws IllegalArgumentException if the value is blank
     */
    public static MachineAddress of(String value) {
        return of(value, AddressScope.of(value));
    }

    /**
     * Says what the value is.
     *
     * @return an IP address or a host name
     */
    public AddressType type() {
        return AddressType.of(value);
    }

    /**
     * Makes the same address with another SSH port.
     *
     * @param port 1 to 65535
     * @return the changed copy
     * @throws IllegalArgumentException if the port is out of range
     */
    public MachineAddress withSshPort(int port) {
        return new MachineAddress(value, scope, port);
    }

    /**
     * Renders host and port as users write them.
     *
     * @return {@code 192.0.2.7:22}, {@code [2001:db8::1]:22} or {@code host:22}
     */
    public String hostAndPort() {
        return (value.indexOf(':') >= 0 ? "[" + value + "]" : value) + ":" + sshPort;
    }

    @Override
    public String toString() {
        return hostAndPort();
    }
}
