package dev.foothold.cloud;

import dev.foothold.environ.CredentialProbe;

/** Guards the call that tries the credential. Obtained from {@link Cloud#credentialProbe()}. */
public final class Probe {

    private final Cloud cloud;
    private final CredentialProbe environ;

    Probe(Cloud cloud, CredentialProbe environ) {
        this.cloud = cloud;
        this.environ = environ;
    }

    /**
     * Makes a call that needs a good credential. If it is denied because the credential is not valid, the credential is
     * taken out of use.
     *
     * @throws dev.foothold.environ.CredentialNotValidException if the cloud does not accept the credential
     * @throws dev.foothold.environ.CloudException if it has expired, or the cloud cannot be asked
     * @throws InterruptedException if the caller was interrupted
     */
    public void probeCredential() throws InterruptedException {
        cloud.run(Cloud.PROBE, environ::probeCredential);
    }
}
