package dev.foothold.environ;

import org.jspecify.annotations.Nullable;

/**
 * Tells that the cloud does not accept the credential, for whatever it is used. Thrown by authors, and by Foothold
 * whenever it comes to that conclusion itself.
 *
 * <p>Marks of other kinds that the cause carries stay visible: see {@link CloudException#isZoneIndependent}.
 */
public class CredentialNotValidException extends CloudException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception without a cause.
     *
     * @param message what the cloud said; never the credential itself
     */
    public CredentialNotValidException(String message) {
        this(message, null);
    }

    /**
     * Creates an exception.
     *
     * @param message what the cloud said; never the credential itself
     * @param cause what the client threw, or null
     */
    public CredentialNotValidException(String message, @Nullable Throwable cause) {
        super(Kind.CREDENTIAL_INVALID, message, cause);
    }

    /**
     * Makes an exception from a reason alone.
     *
     * @param reason what the cloud said, for example {@code the account is suspended}
     * @return an exception that says {@code credential not valid: } and the reason
     */
    public static CredentialNotValidException because(String reason) {
        return new CredentialNotValidException("credential not valid: " + reason);
    }

    /**
     * Marks a failure as one of the credential. The text stays as it is.
     *
     * @param cause the failure, or null if there is none
     * @return an exception with the same message and this cause; null if there is no failure
     */
    public static @Nullable CredentialNotValidException mark(@Nullable Throwable cause) {
        return cause == null ? null : new CredentialNotValidException(textOf(cause), cause);
    }

    /**
     * Marks a failure as one of the credential, and says more about it.
     *
     * @param cause the failure, or null if there is none
     * @param message what was done; taken as it is
     * @return an exception that says the message, a colon and what the cause says; null if there is no failure
     */
    public static @Nullable CredentialNotValidException mark(@Nullable Throwable cause, String message) {
        return cause == null ? null : new CredentialNotValidException(message + ": " + textOf(cause), cause);
    }
}
