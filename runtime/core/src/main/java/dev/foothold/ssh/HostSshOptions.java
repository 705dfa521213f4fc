package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;

/** Chooses the SSH options for a host; asked again for every attempt. Implementations are thread-safe. */
@FunctionalInterface
public interface HostSshOptions {

    /**
     * Gives the options for a host.
     *
     * @param address where the host is to be reached
     * @return the options
     */
    SshOptions forHost(MachineAddress address);

    /**
     * Gives the same options for every host.
     *
     * @param options the options
     * @return a choice that ignores the host
     */
    static HostSshOptions always(SshOptions options) {
        return address -> options;
    }

    /**
     * Gives options that trust no host.
     *
     * @return {@link SshOptions#defaults()} for every host
     */
    static HostSshOptions defaults() {
        return always(SshOptions.defaults());
    }
}
