package dev.foothold.ssh;

/** Says how far an attempt to reach a machine by SSH came before it failed. */
public enum SshFailure {
    /** Nothing listens on the port, the network says that the host cannot be reached, or its name is not known. */
    REFUSED,
    /** Nothing accepted the connection in time, or a command did not end in time. */
    TIMED_OUT,
    /** The server closed the connection before it introduced itself, as it does when it has too many. */
    THROTTLED,
    /** What answered does not speak SSH, or accepted the connection and did not say in time what it is. */
    BANNER,
    /** The two sides could not agree on how to encrypt, or did not come to an end with it. */
    KEY_EXCHANGE,
    /** The server showed a host key that is not one of the trusted ones. */
    HOST_KEY_MISMATCH,
    /** The server did not accept our key. */
    AUTHENTICATION,
    /** The connection broke, or fell silent, while or after the user logged in, or a command was not run to its end. */
    CONNECTION_LOST;

    /**
     * Tells whether a server may have noticed the attempt. Servers lock out sources of many attempts that fail.
     *
     * @return false if no connection was made: nothing was there to notice
     */
    public boolean isPastTcp() {
        return this != REFUSED && this != TIMED_OUT;
    }
}
