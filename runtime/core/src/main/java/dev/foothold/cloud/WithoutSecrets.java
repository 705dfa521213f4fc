package dev.foothold.cloud;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CredentialNotValidException;
import dev.foothold.redact.Redactor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a failure whose message has a secret in it, so that no stack trace shows it: says which type the failure
 * had and where it happened. A {@link CloudException} is replaced by one that says the same otherwise.
 */
public final class WithoutSecrets extends Exception {

    private static final long serialVersionUID = 1L;

    private WithoutSecrets(Throwable original, Redactor redactor, @Nullable Throwable cause) {
        super(FailureText.masked(original.toString(), redactor), cause);
    }

    /**
     * Gives a failure that can be shown.
     *
     * @param failure what happened
     * @param redactor knows the secrets; what looks like one is found besides
     * @return the failure itself, unless it, or something it carries, has a secret in its message; then a copy of all of
     *     it
     */
    public static Throwable of(Throwable failure, Redactor redactor) {
        return hasSecret(failure, redactor, identities()) ? copied(failure, redactor, identities()) : failure;
    }

    private static boolean hasSecret(@Nullable Throwable failure, Redactor redactor, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        String text = failure.toString();
        boolean found =
                !FailureText.masked(text, redactor).equals(text) || hasSecret(failure.getCause(), redactor, seen);
        for (Throwable suppressed : failure.getSuppressed()) {
            found |= hasSecret(suppressed, redactor, seen);
        }
        return found;
    }

    private static @Nullable Throwable copy(@Nullable Throwable failure, Redactor redactor, Set<Throwable> seen) {
        return failure == null || !seen.add(failure) ? null : copied(failure, redactor, seen);
    }

    private static Throwable copied(Throwable failure, Redactor redactor, Set<Throwable> seen) {
        seen.add(failure);
        Throwable cause = copy(failure.getCause(), redactor, seen);
        Throwable copy = failure instanceof CloudException said
                ? copy(said, redactor, cause)
                : new WithoutSecrets(failure, redactor, cause);
        copy.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            Throwable harmless = copy(suppressed, redactor, seen);
            if (harmless != null) {
                copy.addSuppressed(harmless);
            }
        }
        return copy;
    }

    private static CloudException copy(CloudException said, Redactor redactor, @Nullable Throwable cause) {
        String message = FailureText.masked(String.valueOf(said.getMessage()), redactor);
        CloudException copy = said instanceof CredentialNotValidException
                ? new CredentialNotValidException(message, cause)
                : new CloudException(said.kind(), message, cause);
        said.retryAfter().ifPresent(copy::withRetryAfter);
        said.action().ifPresent(copy::withAction);
        said.requestId().ifPresent(copy::withRequestId);
        return copy.zoneIndependent(CloudException.isZoneIndependent(said))
                .sameCallMayHelp(CloudException.sameCallMayHelp(said));
    }

    private static Set<Throwable> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
