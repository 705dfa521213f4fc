package dev.foothold.bootstrap;

import dev.foothold.ssh.SshFailure;

/**
 * Says how far the last attempt at one address of a machine came.
 *
 * <p>Most verdicts may change as long as the machine is waited for. {@link #HOST_KEY_MISMATCH} is final at once;
 * {@link #AUTHENTICATION} and {@link #NONCE_WRONG} become final after {@link WaitOptions#refusalBudget()}, and
 * {@link #NONCE_ABSENT} when the machine says that its first boot is over.
 */
public enum Verdict {
    /** Nothing is known yet. */
    NO_ANSWER_YET,
    /** There are no SSH options for the address, so it is not tried. */
    NOT_TRIED,
    /** Nothing listens on the port, the network says that the host cannot be reached, or its name is not known. */
    REFUSED,
    /** Nothing answers. */
    TIMED_OUT,
    /** The server closes connections before it introduces itself, as it does when it has too many or is annoyed. */
    THROTTLED,
    /** What answers does not speak SSH, or says nothing at all. */
    BANNER,
    /** The two sides could not agree on how to encrypt, or did not come to an end with it. */
    KEY_EXCHANGE,
    /** Another machine answers: it shows a host key that is not one of the trusted ones. */
    HOST_KEY_MISMATCH,
    /** The server shows our host key, but does not let us in (yet). */
    AUTHENTICATION,
    /** The connection broke, or fell silent, while or after we logged in. */
    CONNECTION_LOST,
    /** We are logged in, but the nonce is not there: the first boot is not over. */
    NONCE_ABSENT,
    /** We are logged in, but the machine holds another nonce. */
    NONCE_WRONG,
    /** We are logged in, but the machine does not run the script that asks for its proof. */
    COMMAND_FAILED,
    /** The machine has proved itself. */
    PROVED;

    static Verdict of(SshFailure failure) {
        return switch (failure) {
            case REFUSED -> REFUSED;
            case TIMED_OUT -> TIMED_OUT;
            case THROTTLED -> THROTTLED;
            case BANNER -> BANNER;
            case KEY_EXCHANGE -> KEY_EXCHANGE;
            case HOST_KEY_MISMATCH -> HOST_KEY_MISMATCH;
            case AUTHENTICATION -> AUTHENTICATION;
            case CONNECTION_LOST -> CONNECTION_LOST;
        };
    }

    /** Tells whether the machine has shown our host key, but refuses us all the same. */
    boolean isRefusal() {
        return this == AUTHENTICATION || this == NONCE_WRONG;
    }
}
