package dev.foothold.sample.manual;

import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;

/** Tells that a machine cannot be asked: it does not answer, is another one than it should be, or does not let us in. */
final class UnansweredException extends Exception {

    private static final long serialVersionUID = 1L;

    private final SshFailure failure;

    UnansweredException(Machine machine, SshException cause) {
        super(
                "machine " + machine.name() + " "
                        + switch (cause.failure()) {
                            case AUTHENTICATION -> "does not let us in";
                            case HOST_KEY_MISMATCH -> "does not show a host key that the list of machines has";
                            default -> "does not answer";
                        }
                        + ": " + cause.getMessage(),
                cause);
        this.failure = cause.failure();
    }

    /** Tells whether the machine is there, but the key is not let in. */
    boolean isRefusal() {
        return failure == SshFailure.AUTHENTICATION;
    }
}
