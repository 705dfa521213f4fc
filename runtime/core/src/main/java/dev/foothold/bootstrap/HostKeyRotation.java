package dev.foothold.bootstrap;

/**
 * Says what to do about the host key that a machine was given in its user data, which many can read later.
 *
 * <p>The machine makes a new one, which nobody else ever sees, with {@code ssh-keygen} and as root; a second connection
 * proves that it uses it.
 *
 * <p>A machine that takes no user data ({@link dev.foothold.environ.UserDataSupport#NONE}) keeps its host key, whatever is
 * said here: nobody has told it one, and others may know it by the one it has. {@code rotateHostKey} of the provider
 * replaces it all the same.
 */
public enum HostKeyRotation {
    /** The machine gets a new host key, or the bootstrap fails. */
    REQUIRED,
    /** The machine gets a new host key if it can; otherwise {@link dev.foothold.event.Event.HostKeyKept} tells why not. */
    PREFERRED,
    /** The machine keeps the host key it was started with. */
    NEVER
}
