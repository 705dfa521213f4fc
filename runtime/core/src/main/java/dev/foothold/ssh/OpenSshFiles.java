package dev.foothold.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says in which files OpenSSH's client finds what {@link SshOptions} hold in memory.
 *
 * @param knownHosts the lines of {@link HostKeyVerifier#knownHosts}
 * @param hostAlias how that file names the host; null if by its address
 * @param identities private keys to log in with
 * @param jump the files for the jump host; null if there is none
 */
public record OpenSshFiles(
        Path knownHosts,
        @Nullable String hostAlias,
        List<Path> identities,
        @Nullable OpenSshFiles jump) {

    /**
     * Copies the list.
     *
     * @param knownHosts the lines of {@link HostKeyVerifier#knownHosts}
     * @param hostAlias how that file names the host; null if by its address
     * @param identities private keys to log in with
     * @param jump the files for the jump host; null if there is none
     */
    public OpenSshFiles {
        Objects.requireNonNull(knownHosts, "knownHosts");
        identities = List.copyOf(identities);
    }

    /**
     * Names the files for a host that is reached directly and known by its address.
     *
     * @param knownHosts the lines of {@link HostKeyVerifier#knownHosts}
     * @param identities private keys to log in with
     * @return the files
     */
    public static OpenSshFiles of(Path knownHosts, Path... identities) {
        return new OpenSshFiles(knownHosts, null, List.of(identities), null);
    }

    /**
     * Sets how the file names the host.
     *
     * @param alias the name
     * @return the changed copy
     */
    public OpenSshFiles withHostAlias(String alias) {
        return new OpenSshFiles(knownHosts, alias, identities, jump);
    }

    /**
     * Sets the files for the jump host.
     *
     * @param files the files
     * @return the changed copy
     */
    public OpenSshFiles withJump(OpenSshFiles files) {
        return new OpenSshFiles(knownHosts, hostAlias, identities, files);
    }
}
