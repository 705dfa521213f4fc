package dev.foothold.ssh;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a host shows to be recognised by. That it has the private half is proved already when a verifier sees it.
 *
 * @param key the host's key
 * @param signedAs the certificate that came with the key; null if the host showed the bare key
 */
public record OfferedHostKey(SshPublicKey key, @Nullable HostCertificate signedAs) {

    /**
     * Creates an offer.
     *
     * @param key the host's key
     * @param signedAs the certificate that came with the key; null if the host showed the bare key
     */
    public OfferedHostKey {
        Objects.requireNonNull(key, "key");
    }

    /**
     * Gives the certificate.
     *
     * @return empty if the host showed the bare key
     */
    public Optional<HostCertificate> certificate() {
        return Optional.ofNullable(signedAs);
    }
}
