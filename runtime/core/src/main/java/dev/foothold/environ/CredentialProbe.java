package dev.foothold.environ;

/**
 * Can tell whether the cloud still accepts the credential. Implemented by an author's environ, beside {@link Environ},
 * where the cloud has a call for that: one that every good credential may make, and that changes nothing.
 *
 * <p>With it, a single action that is denied is not mistaken for a credential that is not valid any more: Foothold asks
 * before it gives the credential up.
 */
public interface CredentialProbe {

    /**
     * Makes the cheapest call that needs a good credential. May be called concurrently; is cancelled by interruption.
     *
     * @throws Exception if the cloud does not accept the credential, which {@link Environ#classify} then says, or cannot
     *     be asked
     */
    void probeCredential() throws Exception;
}
