package acme;

/**
 * Soon gone.
 *
 * @param host where
 * @deprecated there is a newer one
 */
@Deprecated(forRemoval = true)
public record OldConfig(String host) {}
