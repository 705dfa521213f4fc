package dev.foothold.network;

/** Says from where an address can be reached. */
public enum AddressScope {
    /** From anywhere. */
    PUBLIC,
    /** From within the cloud or a network joined to it. */
    CLOUD_LOCAL,
    /** From the same link only. */
    LINK_LOCAL,
    /** From the machine itself only. */
    MACHINE_LOCAL,
    /** Not known: the provider did not say. */
    UNKNOWN
}
