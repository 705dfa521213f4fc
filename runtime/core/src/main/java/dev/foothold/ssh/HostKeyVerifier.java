package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a host is the one it should be, by the key it shows. Implementations are thread-safe.
 *
 * <p>A host is refused unless a verifier says otherwise, and none of those made here says so of every host. The user's
 * own {@code known_hosts} is neither read nor written.
 */
public interface HostKeyVerifier {

    /**
     * Names the kinds of keys that can be accepted. Only these are offered to the server, so that it does not show
     * another of its keys, which nobody knows.
     *
     * @return algorithms of keys or, with {@link HostCertificate#algorithmFor}, of certificates; the preferred first;
     *     empty if no host can be accepted, which is then not even connected to
     */
    List<String> algorithms();

    /**
     * Says why a host is not accepted.
     *
     * @param address where the host was reached
     * @param offered what it shows
     * @return what is wrong, to be put behind "the host key … :"; empty if the host is accepted
     */
    Optional<String> objection(MachineAddress address, OfferedHostKey offered);

    /**
     * Says the same in the format of OpenSSH's {@code known_hosts}.
     *
     * @param host how the file shall name the host
     * @return the lines; empty, the default, if that format cannot say it: OpenSSH then refuses the host
     */
    default List<String> knownHosts(String host) {
        return List.of();
    }

    /**
     * Accepts exactly the given keys.
     *
     * @param keys the only keys that are accepted; without any, no host is
     * @return the verifier
     */
    static HostKeyVerifier pinned(List<SshPublicKey> keys) {
        return new PinnedHostKeys(keys);
    }

    /**
     * Accepts hosts that show a certificate of an authority, valid now and for the address that was connected to.
     *
     * @param authorities who may sign certificates of hosts
     * @param aliases further names for which certificates may be, for hosts that are reached by another name or by IP
     *     address
     * @return the verifier
     */
    static HostKeyVerifier signedBy(List<SshPublicKey> authorities, String... aliases) {
        return new SignedHostKeys(authorities, List.of(aliases));
    }

    /**
     * Accepts the keys that a machine printed on its console at its first boot, as cloud-init and OpenSSH do between
     * {@code -----BEGIN SSH HOST KEY FINGERPRINTS-----} (or {@code KEYS}) and its end. Trust in them is trust in the
     * cloud that shows the console.
     *
     * @param consoleOutput what the machine wrote; lines that do not belong to it are skipped
     * @return the verifier; accepts nothing if the machine has not printed its keys yet
     */
    static HostKeyVerifier printedOnConsole(String consoleOutput) {
        return ConsoleHostKeys.parse(consoleOutput);
    }

    /**
     * Accepts what this or another verifier accepts.
     *
     * @param other the other
     * @return the verifier
     */
    default HostKeyVerifier or(HostKeyVerifier other) {
        return new EitherVerifier(this, other);
    }
}
