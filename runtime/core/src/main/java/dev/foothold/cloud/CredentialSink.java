package dev.foothold.cloud;

/**
 * Takes a credential out of use that the cloud does not accept any more, wherever credentials are kept. Called by the
 * task whose call was denied, on another thread of the same timeline; must be thread-safe.
 *
 * <p>It is not told again of a credential that it has taken out of use, unless the call that was denied has gone well
 * meanwhile; calls that are denied at the same moment may still tell it of the same credential. What it throws becomes
 * an event and is otherwise ignored: the caller gets to see what the cloud said.
 */
@FunctionalInterface
public interface CredentialSink {

    /**
     * Marks the credential as not valid. Has thirty seconds, then it is interrupted.
     *
     * @param denial why
     * @throws Exception if it could not be marked
     */
    void invalidate(CredentialDenial denial) throws Exception;

    /**
     * Makes the sink of those who keep no credentials.
     *
     * @return a sink that always says that it was not set
     */
    static CredentialSink none() {
        return denial -> {
            throw new UnsupportedOperationException(
                    "nobody takes invalid credentials; see Foothold.withCredentialSink");
        };
    }
}
