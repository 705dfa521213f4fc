package dev.foothold.ssh;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names an SSH agent that is asked for its keys, and to sign with them, at each login. It must run on this machine; an
 * agent is never forwarded to another.
 *
 * @param socket the Unix-domain socket at which the agent answers
 * @param only the one key of the agent to use; null, the default, for all of them in the agent's order
 */
public record SshAgent(Path socket, @Nullable SshPublicKey only) implements SshIdentity {

    private static final String VARIABLE = "SSH_AUTH_SOCK";

    /**
     * Creates an agent.
     *
     * @param socket the Unix-domain socket at which the agent answers
     * @param only the one key of the agent to use; null for all of them
     */
    public SshAgent {
        Objects.requireNonNull(socket, "socket");
    }

    /**
     * Names the agent at a socket.
     *
     * @param socket the Unix-domain socket at which the agent answers
     * @return the agent, with all its keys
     */
    public static SshAgent at(Path socket) {
        return new SshAgent(socket, null);
    }

    /**
     * Finds the agent of this process's environment.
     *
     * @return the agent that the variable {@code SSH_AUTH_SOCK} names; empty if it is not set
     */
    public static Optional<SshAgent> ofEnvironment() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(value -> !value.isBlank())
                .map(value -> at(Path.of(value)));
    }

    /**
     * Chooses one of the agent's keys; the others are not shown to the server.
     *
     * @param key its public half
     * @return the changed copy
     */
    public SshAgent only(SshPublicKey key) {
        return new SshAgent(socket, key);
    }
}
