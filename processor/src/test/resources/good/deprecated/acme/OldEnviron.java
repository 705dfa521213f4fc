package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

/**
 * Nobody should use it any more.
 *
 * @deprecated there is a newer one
 */
@Deprecated
@SuppressWarnings("removal")
@Provider("old")
public class OldEnviron implements Environ {
    /**
     * Connects.
     *
     * @param config where
     */
    public OldEnviron(OldConfig config) {}
}
