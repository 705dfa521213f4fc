package dev.foothold.environ;

import org.jspecify.annotations.Nullable;

/**
 * Tells that the cloud does not accept the credential, for whatever it is used. Thrown by authors; on its way to the user
 * it becomes the cause of a {@link CloudException} of the same kind, which says what was asked for.
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
}
