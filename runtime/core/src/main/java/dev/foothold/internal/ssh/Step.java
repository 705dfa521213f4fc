package dev.foothold.internal.ssh;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuth;
import org.jspecify.annotations.Nullable;

/** Names the steps of a handshake, and knows what it means when one of them fails. */
enum Step {
    IDENTIFY,
    EXCHANGE_KEYS,
    AUTHENTICATE;

    /** Tells that the server wants none of the keys. */
    static final class NotLetIn extends IOException {

        private static final long serialVersionUID = 1L;

        NotLetIn(String user, List<SshPublicKey> refused, UserAuth auth) {
            super("the server does not let user \"" + user + "\" in with "
                    + refused.stream()
                            .map(key -> key.algorithm() + " " + key.fingerprint())
                            .collect(Collectors.joining(", "))
                    + (auth.hadPartialSuccess() ? "; it accepts the key, but wants more than that" : "")
                    + "; it offers " + Greeting.excerpt(String.join(",", auth.getAllowedMethods())));
        }
    }

    /** Says that the step was not over in time. */
    SshException late(MachineAddress address, SshOptions options, @Nullable Throwable failure) {
        String within = " within " + text(options.handshakeTimeout());
        return switch (this) {
            case IDENTIFY ->
                new SshException(
                        SshFailure.BANNER,
                        address,
                        "the connection was accepted, but no SSH server introduced itself" + within,
                        failure);
            case EXCHANGE_KEYS ->
                new SshException(
                        SshFailure.KEY_EXCHANGE,
                        address,
                        "the server did not complete the key exchange" + within,
                        failure);
            case AUTHENTICATE ->
                new SshException(
                        SshFailure.CONNECTION_LOST, address, "the server did not answer the login" + within, failure);
        };
    }

    SshException explain(MachineAddress address, @Nullable Throwable failure, TrustedHostKeys hostKeys) {
        return switch (this) {
            case IDENTIFY ->
                failureIn(failure, Greeting.Refused.class) instanceof Greeting.Refused refused
                        ? new SshException(refused.failure(), address, String.valueOf(refused.getMessage()), failure)
                        : new SshException(
                                SshFailure.THROTTLED,
                                address,
                                "the server closed the connection before it introduced itself",
                                failure);
            case EXCHANGE_KEYS ->
                hostKeys.mismatch()
                        .map(mismatch -> new SshException(SshFailure.HOST_KEY_MISMATCH, address, mismatch, failure))
                        .orElseGet(() -> new SshException(
                                SshFailure.KEY_EXCHANGE,
                                address,
                                "the key exchange failed: " + reason(failure),
                                failure));
            case AUTHENTICATE ->
                broken(failure)
                        ? new SshException(
                                SshFailure.CONNECTION_LOST,
                                address,
                                "the connection broke during the login: " + reason(failure),
                                failure)
                        : new SshException(SshFailure.AUTHENTICATION, address, refusal(failure), failure);
        };
    }

    /** Renders a duration as users write it. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** Says in one line what went wrong at the bottom of it. */
    static String reason(@Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        if (root == null) {
            return "unknown";
        }
        String message = root.getMessage();
        return message == null || message.isEmpty()
                ? root.getClass().getSimpleName()
                : message.replaceAll("\\p{Cntrl}", "?");
    }

    /** An agent says itself what the reason is, and names itself. */
    private static String refusal(@Nullable Throwable failure) {
        Throwable agent = failureIn(failure, AgentClient.AgentException.class);
        return agent == null ? reason(failure) : String.valueOf(agent.getMessage());
    }

    static boolean isInterrupt(@Nullable Throwable failure) {
        return failureIn(failure, InterruptedException.class) != null;
    }

    /** Says why no connection was made. */
    static SshException explainConnect(MachineAddress address, IOException failure) {
        if (failure instanceof UnknownHostException) {
            return new SshException(
                    SshFailure.REFUSED, address, "the host name \"" + address.value() + "\" is not known", failure);
        }
        if (failureIn(failure, OpenFailException.class) instanceof OpenFailException refusal) {
            return new SshException(
                    SshFailure.REFUSED,
                    address,
                    "the jump host does not connect to it: " + Greeting.excerpt(String.valueOf(refusal.getMessage())),
                    failure);
        }
        String reason = reason(failure);
        if (reason.contains("reset")) {
            return new SshException(
                    SshFailure.THROTTLED, address, "the server accepted the connection and closed it at once", failure);
        }
        return reason.contains("timed out")
                ? new SshException(SshFailure.TIMED_OUT, address, "nothing answered: " + reason, failure)
                : new SshException(SshFailure.REFUSED, address, "cannot connect: " + reason, failure);
    }

    /** Tells whether the connection broke, as opposed to a server that said why it ended it. */
    private static boolean broken(@Nullable Throwable failure) {
        return failureIn(failure, TransportException.class) instanceof SSHException transport
                && transport.getDisconnectReason() == DisconnectReason.UNKNOWN;
    }

    private static @Nullable Throwable failureIn(@Nullable Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return cause;
            }
        }
        return null;
    }
}
