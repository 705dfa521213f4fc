package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Accepts what one of two verifiers accepts. */
record EitherVerifier(HostKeyVerifier first, HostKeyVerifier second) implements HostKeyVerifier {

    @Override
    public List<String> algorithms() {
        return Stream.concat(first.algorithms().stream(), second.algorithms().stream())
                .distinct()
                .toList();
    }

    @Override
    public Optional<String> objection(MachineAddress address, OfferedHostKey offered) {
        Optional<String> one = first.objection(address, offered);
        return one.flatMap(why -> second.objection(address, offered).map(whyToo -> why + "; and " + whyToo));
    }

    @Override
    public List<String> knownHosts(String host) {
        return Stream.concat(first.knownHosts(host).stream(), second.knownHosts(host).stream())
                .toList();
    }
}
