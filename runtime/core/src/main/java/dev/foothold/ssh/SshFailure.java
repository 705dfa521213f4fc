package dev.foothold.ssh;

/** Says how far an attempt to reach a machine by SSH came before it failed. */
public enum SshFailure {
    /** Nothing listens on the port, the network says that the host cannot be reached, or its name is not known. */
    REFUSED,
    /** Nothing answered in time. */
    TIMED_OUT,
    /** The server closed the connection before it introduced itself, as it does when it has too many. */
    THROTTLED,
    /** What answered does not speak SSH. */
    BANNER,
    /** The two sides could not agree on how to encrypt, or the connection broke before they had. */
    KEY_EXCHANGE,
    /** The server showed a host key that is not one of the trusted ones. */
    HOST_KEY_MISMATCH,
    /** The server did not accept our key. */
    AUTHENTICATION,
    /** The connection broke while or after the user logged in, or a command was not run to its end. */
    CONNECTION_LOST
}
