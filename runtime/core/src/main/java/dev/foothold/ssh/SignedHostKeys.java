package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Accepts keys that an authority has signed. */
record SignedHostKeys(List<SshPublicKey> authorities, List<String> aliases) implements HostKeyVerifier {

    private static final List<String> KEYS =
            List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa");

    SignedHostKeys {
        authorities = List.copyOf(authorities);
        aliases = List.copyOf(aliases);
    }

    @Override
    public List<String> algorithms() {
        return authorities.isEmpty()
                ? List.of()
                : KEYS.stream().map(HostCertificate::algorithmFor).toList();
    }

    @Override
    public Optional<String> objection(MachineAddress address, OfferedHostKey offered) {
        return offered.certificate()
                .map(certificate -> certificate.objection(address, aliases, Set.copyOf(authorities), Instant.now()))
                .orElse(Optional.of("it has no certificate, and only hosts with one are trusted"));
    }

    @Override
    public List<String> knownHosts(String host) {
        String names = String.join(
                ",", Stream.concat(Stream.of(host), aliases.stream()).toList());
        return authorities.stream()
                .map(key -> "@cert-authority " + names + " " + key.line())
                .toList();
    }
}
