package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Accepts keys that are known beforehand. */
record PinnedHostKeys(List<SshPublicKey> keys) implements HostKeyVerifier {

    PinnedHostKeys {
        keys = List.copyOf(keys);
    }

    @Override
    public List<String> algorithms() {
        return keys.stream().map(SshPublicKey::algorithm).distinct().toList();
    }

    @Override
    public Optional<String> objection(MachineAddress address, OfferedHostKey offered) {
        if (offered.certificate().isEmpty() && keys.contains(offered.key())) {
            return Optional.empty();
        }
        return Optional.of("only "
                + keys.stream()
                        .map(key -> key.algorithm() + " " + key.fingerprint())
                        .collect(Collectors.joining(", "))
                + " is trusted; it is another machine, or its keys were replaced");
    }

    @Override
    public List<String> knownHosts(String host) {
        return keys.stream().map(key -> host + " " + key.line()).toList();
    }
}
