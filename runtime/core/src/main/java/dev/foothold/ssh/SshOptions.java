package dev.foothold.ssh;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Says as whom and how a machine is logged in to, and by which host keys it is recognised.
 *
 * @param user the login user
 * @param identities the key pairs to log in with, tried in order; at least one is needed to connect
 * @param hostKeys the only host keys that are accepted; without any no connection is made
 * @param connectTimeout the longest wait for the TCP connection
 * @param handshakeTimeout the longest wait for each step after it: banner, key exchange, authentication
 */
public record SshOptions(
        String user,
        List<SshKeyPair> identities,
        List<SshPublicKey> hostKeys,
        Duration connectTimeout,
        Duration handshakeTimeout) {

    /** The login user of most cloud images. */
    public static final String DEFAULT_USER = "ubuntu";

    /**
     * Copies the lists.
     *
     * @param user the login user
     * @param identities the key pairs to log in with, tried in order
     * @param hostKeys the only host keys that are accepted
     * @param connectTimeout the longest wait for the TCP connection
     * @param handshakeTimeout the longest wait for each step after it: banner, key exchange, authentication
     * @throws IllegalArgumentException if the user is blank or a timeout is not positive
     */
    public SshOptions {
        if (user.isBlank()) {
            throw new IllegalArgumentException("the SSH user must not be blank");
        }
        identities = List.copyOf(identities);
        hostKeys = List.copyOf(hostKeys);
        requirePositive("connect timeout", connectTimeout);
        requirePositive("handshake timeout", handshakeTimeout);
    }

    /**
     * Gives options that trust no host yet.
     *
     * @return user {@value #DEFAULT_USER}, no identities, no host keys, 5 s to connect, 15 s for each later step
     */
    public static SshOptions defaults() {
        return new SshOptions(DEFAULT_USER, List.of(), List.of(), Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    /**
     * Sets the login user.
     *
     * @param name the user
     * @return the changed copy
     * @throws IllegalArgumentException if the name is blank
     */
    public SshOptions withUser(String name) {
        return new SshOptions(name, identities, hostKeys, connectTimeout, handshakeTimeout);
    }

    /**
     * Sets the key pair to log in with.
     *
     * @param identity the only key pair to try
     * @return the changed copy
     */
    public SshOptions withIdentity(SshKeyPair identity) {
        return new SshOptions(user, List.of(identity), hostKeys, connectTimeout, handshakeTimeout);
    }

    /**
     * Sets the host keys to accept.
     *
     * @param keys the only keys that are accepted
     * @return the changed copy
     */
    public SshOptions trusting(List<SshPublicKey> keys) {
        return new SshOptions(user, identities, keys, connectTimeout, handshakeTimeout);
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
        return new SshOptions(user, identities, hostKeys, connect, handshake);
    }

    private static void requirePositive(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("the " + name + " must be greater than zero, but is " + value);
        }
    }
}
