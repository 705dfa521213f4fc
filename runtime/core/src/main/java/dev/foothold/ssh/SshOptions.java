package dev.foothold.ssh;

import dev.foothold.config.Secret;
import dev.foothold.network.MachineAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says as whom and by which way a machine is logged in to, and how it is recognised. Immutable.
 *
 * <pre>{@code
 * SshOptions.defaults()
 *         .withUser("debian")
 *         .withIdentity(SshKeyPair.read(Path.of("id_ed25519"), Passphrase.of(words)))
 *         .trusting(HostKeyVerifier.pinned(keys))
 *         .through(new JumpHost(bastion, bastionOptions))
 * }</pre>
 *
 * @param user the login user
 * @param port the port of the SSH server; null for the one of the address
 * @param identities what to log in with, tried in order; at least one is needed to connect
 * @param hostKeys decides which host is accepted; without any known key no connection is made
 * @param jumpHost the host through which the machine is reached; null if directly
 * @param connectTimeout the longest wait for the TCP connection
 * @param handshakeTimeout the longest wait for each step after it: banner, key exchange, authentication
 * @param keepAlive how long a connection may be silent before the server is asked whether it is still there; from the
 *     login on, in whole seconds; zero for never. After three questions without an answer the connection is given up
 * @param sudoPassword what {@code sudo} is told if it asks the login user for a password; null if it must not ask
 */
public record SshOptions(
        String user,
        @Nullable Integer port,
        List<SshIdentity> identities,
        HostKeyVerifier hostKeys,
        @Nullable JumpHost jumpHost,
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration keepAlive,
        @Nullable Secret sudoPassword) {

    /** The login user of most cloud images. */
    public static final String DEFAULT_USER = "ubuntu";

    /** How long a connection may be silent by default. */
    public static final Duration DEFAULT_KEEP_ALIVE = Duration.ofSeconds(30);

    private static final int LAST_PORT = 65535;

    /**
     * Copies the list.
     *
     * @param user the login user
     * @param port the port of the SSH server; null for the one of the address
     * @param identities what to log in with, tried in order
     * @param hostKeys decides which host is accepted
     * @param jumpHost the host through which the machine is reached; null if directly
     * @param connectTimeout the longest wait for the TCP connection
     * @param handshakeTimeout the longest wait for each step after it
     * @param keepAlive how long a connection may be silent; zero for any time
     * @param sudoPassword what {@code sudo} is told if it asks; null if it must not ask
     * @throws IllegalArgumentException if the user is blank or begins with a hyphen, the port is not from 1 to 65535, a
     *     timeout is not positive, the keep-alive is neither zero nor at least a second, or the password has a line break
     *     in it
     */
    public SshOptions {
        if (user.isBlank() || user.startsWith("-") || user.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the SSH user must not be blank, begin with a hyphen or have control characters");
        }
        if (port != null && (port < 1 || port > LAST_PORT)) {
            throw new IllegalArgumentException("the SSH port must be from 1 to 65535, but is " + port);
        }
        identities = List.copyOf(identities);
        Objects.requireNonNull(hostKeys, "hostKeys");
        requirePositive("connect timeout", connectTimeout);
        requirePositive("handshake timeout", handshakeTimeout);
        if (keepAlive.isNegative() || !keepAlive.isZero() && keepAlive.toSeconds() < 1) {
            throw new IllegalArgumentException("the keep-alive must be zero or at least 1 s, but is " + keepAlive);
        }
        if (sudoPassword != null && sudoPassword.reveal().matches("(?s).*[\\r\\n\\x00].*")) {
            throw new IllegalArgumentException("the password for sudo must be one line");
        }
    }

    /**
     * Creates options for machines where {@code sudo} does not ask.
     *
     * @param user the login user
     * @param port the port of the SSH server; null for the one of the address
     * @param identities what to log in with, tried in order
     * @param hostKeys decides which host is accepted
     * @param jumpHost the host through which the machine is reached; null if directly
     * @param connectTimeout the longest wait for the TCP connection
     * @param handshakeTimeout the longest wait for each step after it
     * @param keepAlive how long a connection may be silent; zero for any time
     * @throws IllegalArgumentException as the other constructor does
     */
    public SshOptions(
            String user,
            @Nullable Integer port,
            List<SshIdentity> identities,
            HostKeyVerifier hostKeys,
            @Nullable JumpHost jumpHost,
            Duration connectTimeout,
            Duration handshakeTimeout,
            Duration keepAlive) {
        this(user, port, identities, hostKeys, jumpHost, connectTimeout, handshakeTimeout, keepAlive, null);
    }

    /**
     * Gives options that trust no host yet.
     *
     * @return user {@value #DEFAULT_USER}, the address's own port, no identities, no host keys, no jump host, 5 s to
     *     connect, 15 s for each later step, keep-alive after 30 s
     */
    public static SshOptions defaults() {
        return new SshOptions(
                DEFAULT_USER,
                null,
                List.of(),
                HostKeyVerifier.pinned(List.of()),
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                DEFAULT_KEEP_ALIVE);
    }

    /**
     * Sets the login user.
     *
     * @param name the user
     * @return the changed copy
     * @throws IllegalArgumentException if the name is blank or begins with a hyphen
     */
    public SshOptions withUser(String name) {
        return new SshOptions(
                name, port, identities, hostKeys, jumpHost, connectTimeout, handshakeTimeout, keepAlive, sudoPassword);
    }

    /**
     * Sets the port of the SSH server, whatever the address says.
     *
     * @param number 1 to 65535
     * @return the changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public SshOptions withPort(int number) {
        return new SshOptions(
                user,
                number,
                identities,
                hostKeys,
                jumpHost,
                connectTimeout,
                handshakeTimeout,
                keepAlive,
                sudoPassword);
    }

    /**
     * Sets what to log in with.
     *
     * @param identity the only one to try
     * @return the changed copy
     */
    public SshOptions withIdentity(SshIdentity identity) {
        return withIdentities(List.of(identity));
    }

    /**
     * Sets what to log in with.
     *
     * @param all key pairs and agents, in the order to try them; servers give up after a few (6 for OpenSSH)
     * @return the changed copy
     */
    public SshOptions withIdentities(List<? extends SshIdentity> all) {
        return new SshOptions(
                user,
                port,
                List.copyOf(all),
                hostKeys,
                jumpHost,
                connectTimeout,
                handshakeTimeout,
                keepAlive,
                sudoPassword);
    }

    /**
     * Sets the host keys to accept.
     *
     * @param keys the only keys that are accepted
     * @return the changed copy
     */
    public SshOptions trusting(List<SshPublicKey> keys) {
        return trusting(HostKeyVerifier.pinned(keys));
    }

    /**
     * Sets who decides which host is accepted.
     *
     * @param verifier the only one to decide
     * @return the changed copy
     */
    public SshOptions trusting(HostKeyVerifier verifier) {
        return new SshOptions(
                user, port, identities, verifier, jumpHost, connectTimeout, handshakeTimeout, keepAlive, sudoPassword);
    }

    /**
     * Reaches the machine through another host.
     *
     * @param host the jump host
     * @return the changed copy
     */
    public SshOptions through(JumpHost host) {
        return new SshOptions(
                user, port, identities, hostKeys, host, connectTimeout, handshakeTimeout, keepAlive, sudoPassword);
    }

    /**
     * Sets both timeouts.
     *
     * @param connect the longest wait for the TCP connection
     * @param handshake the longest wait for each step after it
     * @return the changed copy
     * @throws IllegalArgumentException if one is not positive
     */
    public SshOptions withTimeouts(Duration connect, Duration handshake) {
        return new SshOptions(user, port, identities, hostKeys, jumpHost, connect, handshake, keepAlive, sudoPassword);
    }

    /**
     * Sets how long a connection may be silent before the server is asked whether it is still there.
     *
     * @param silence at least a second; zero for never to ask
     * @return the changed copy
     * @throws IllegalArgumentException if it is negative, or less than a second
     */
    public SshOptions withKeepAlive(Duration silence) {
        return new SshOptions(
                user, port, identities, hostKeys, jumpHost, connectTimeout, handshakeTimeout, silence, sudoPassword);
    }

    /**
     * Sets what {@code sudo} is told if it asks the login user for a password, for machines whose login user is not root
     * and may not do without. It goes through standard input, never on a command line.
     *
     * @param password the login user's password, one line
     * @return the changed copy
     * @throws IllegalArgumentException if it has a line break in it
     */
    public SshOptions withSudoPassword(Secret password) {
        return new SshOptions(
                user,
                port,
                identities,
                hostKeys,
                jumpHost,
                connectTimeout,
                handshakeTimeout,
                keepAlive,
                Objects.requireNonNull(password, "password"));
    }

    /**
     * Gives the jump host.
     *
     * @return empty if the machine is reached directly
     */
    public Optional<JumpHost> jump() {
        return Optional.ofNullable(jumpHost);
    }

    /**
     * Says where to connect to.
     *
     * @param address where the machine is
     * @return the same address, with the port of these options if they have one
     */
    public MachineAddress at(MachineAddress address) {
        return port == null ? address : address.withSshPort(port);
    }

    /**
     * Renders the options for OpenSSH's client ({@code ssh}), which then reads and writes nothing of the user's:
     * neither {@code ~/.ssh/config} nor {@code known_hosts} nor default keys.
     *
     * @param files where OpenSSH finds the host keys and identities that these options hold in memory
     * @return the arguments in front of the host, one word each; quote them for a shell
     * @throws IllegalArgumentException if there is a jump host and no files for it
     */
    public List<String> openSshArguments(OpenSshFiles files) {
        return OpenSshArguments.of(this, files);
    }

    private static void requirePositive(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("the " + name + " must be greater than zero, but is " + value);
        }
    }
}
