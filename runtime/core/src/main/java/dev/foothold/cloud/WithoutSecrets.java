package dev.foothold.cloud;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CredentialNotValidException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a failure whose message has a secret in it, so that no stack trace shows it: says which type the failure
 * had and where it happened.
 */
final class WithoutSecrets extends Exception {

    private static final long serialVersionUID = 1L;

    private WithoutSecrets(Throwable original, @Nullable Throwable cause) {
        super(FailureText.masked(original.toString()), cause);
    }

    /** Gives the failure itself, unless it, or something it carries, has a secret in its message. */
    static Throwable of(Throwable failure) {
        return hasSecret(failure, identities()) ? copy(failure, identities()) : failure;
    }

    private static boolean hasSecret(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        String text = failure.toString();
        boolean found = !FailureText.masked(text).equals(text) || hasSecret(failure.getCause(), seen);
        for (Throwable suppressed : failure.getSuppressed()) {
            found |= hasSecret(suppressed, seen);
        }
        return found;
    }

    private static @Nullable Throwable copy(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return null;
        }
        Throwable cause = copy(failure.getCause(), seen);
        Throwable copy =
                failure instanceof CloudException said ? copy(said, cause) : new WithoutSecrets(failure, cause);
        copy.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            Throwable harmless = copy(suppressed, seen);
            if (harmless != null) {
                copy.addSuppressed(harmless);
            }
        }
        return copy;
    }

    private static CloudException copy(CloudException said, @Nullable Throwable cause) {
        String message = FailureText.masked(String.valueOf(said.getMessage()));
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
