package dev.foothold.environ;

import dev.foothold.environ.CloudException.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a denied call means for the credential that was used. */
public enum CredentialOutcome {
    /** The cloud does not accept the credential at all. */
    INVALID(Kind.CREDENTIAL_INVALID),
    /** The credential was accepted once, but its time is over. */
    EXPIRED(Kind.CREDENTIAL_EXPIRED),
    /** The credential is good, but not for this action. */
    NOT_AUTHORISED(Kind.NOT_AUTHORISED),
    /** It cannot be told whether the credential or a permission is at fault. */
    UNKNOWN(Kind.ACCESS_DENIED);

    private final Kind kind;

    CredentialOutcome(Kind kind) {
        this.kind = kind;
    }

    /**
     * Gives the kind of failure with this outcome.
     *
     * @return the kind; no two outcomes have the same
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Finds out what a failure means for the credential.
     *
     * @param failure any failure, or null
     * @return what the outermost {@link CloudException} in the chain of causes says that is of one of these kinds, for
     *     it knew what those inside had said; empty if the credential is not at issue
     */
    public static Optional<CredentialOutcome> of(@Nullable Throwable failure) {
        return CloudException.chain(failure)
                .flatMap(link -> of(link.kind()).stream())
                .findFirst();
    }

    private static Optional<CredentialOutcome> of(Kind kind) {
        for (CredentialOutcome outcome : values()) {
            if (outcome.kind == kind) {
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }
}
