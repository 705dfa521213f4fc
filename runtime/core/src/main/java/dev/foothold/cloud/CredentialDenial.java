package dev.foothold.cloud;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says why a credential is to be taken out of use.
 *
 * @param reason what the cloud said, in full; begins with {@code cloud denied access: }
 * @param deniedAction the action that was denied, as the cloud's permissions name it, or null if it is not known
 * @param request the cloud's id of the denied request, or null if it is not known
 */
public record CredentialDenial(
        String reason,
        @Nullable String deniedAction,
        @Nullable String request) {

    /**
     * Creates a reason.
     *
     * @param reason what the cloud said, in full
     * @param deniedAction the action that was denied, or null if it is not known
     * @param request the cloud's id of the denied request, or null if it is not known
     */
    public CredentialDenial {
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Names the action that was denied.
     *
     * @return empty if it is not known
     */
    public Optional<String> action() {
        return Optional.ofNullable(deniedAction);
    }

    /**
     * Gives the id under which the cloud's support finds the request.
     *
     * @return empty if it is not known
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(request);
    }
}
