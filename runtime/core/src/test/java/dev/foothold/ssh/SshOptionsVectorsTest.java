package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.network.MachineAddress;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The arguments for OpenSSH's client.
 *
 * <p>Ours say more, so that nothing of the user's is read or written: {@link #OURS}. Host keys are always checked
 * strictly, and against a given file only; where the vector says nothing about either, ours say so nevertheless.
 */
class SshOptionsVectorsTest {

    private static final Set<String> OURS = Set.of(
            "GlobalKnownHostsFile /dev/null",
            "UpdateHostKeys no",
            "ConnectTimeout 5",
            "IdentityAgent none",
            "IdentitiesOnly yes");

    private static final Path NOWHERE = Path.of("/dev/null");

    @TestFactory
    Stream<DynamicTest> vectors() {
        return Vectors.file("ssh_options").tests(SshOptionsVectorsTest::check);
    }

    private static void check(VectorCase vector) {
        JsonNode given = vector.get("options");
        if (given.has("strict") && !given.get("strict").asText().equals("yes")) {
            throw vector.mappedAway("host keys are always checked: there is no other choice");
        }
        if (given.has("proxy")) {
            throw vector.mappedAway("a jump host, which is checked like any other, is the only kind of proxy");
        }
        if (given.has("pty")) {
            throw vector.mappedAway("the line is pasted into a terminal, which ssh finds by itself");
        }
        if (given.has("scp")) {
            throw vector.mappedAway("files go over the session; there are no arguments for scp");
        }
        SshOptions options = SshOptions.defaults().trusting(verifier(given));
        if (given.has("port")) {
            options = options.withPort(given.get("port").asInt());
        }
        Path knownHosts =
                given.has("known_hosts") ? Path.of(given.get("known_hosts").asText()) : NOWHERE;
        List<Path> identities = new ArrayList<>();
        if (given.has("identities")) {
            given.get("identities").forEach(file -> identities.add(Path.of(file.asText())));
        }

        List<String> expected = new ArrayList<>();
        vector.expect("args").forEach(word -> expected.add(word.asText()));
        List<String> ours = options.openSshArguments(OpenSshFiles.of(knownHosts, identities.toArray(Path[]::new)));
        assertThat(ours).startsWith("-F", "none");
        List<String> comparable = withoutOptions(ours.subList(2, ours.size()), OURS);
        if (!given.has("strict")) {
            comparable = withoutOptions(comparable, Set.of("StrictHostKeyChecking yes"));
        }
        if (!given.has("known_hosts")) {
            comparable = withoutOptions(comparable, Set.of("UserKnownHostsFile /dev/null"));
        }
        assertThat(comparable).isEqualTo(mapped(expected));
    }

    private static HostKeyVerifier verifier(JsonNode given) {
        List<String> algorithms = new ArrayList<>();
        if (given.has("algos")) {
            given.get("algos").forEach(name -> algorithms.add(name.asText()));
        }
        return new HostKeyVerifier() {
            @Override
            public List<String> algorithms() {
                return algorithms;
            }

            @Override
            public Optional<String> objection(MachineAddress address, OfferedHostKey offered) {
                return Optional.of("nobody is trusted");
            }
        };
    }

    /** Of an RSA key ours offer the SHA-2 signatures. */
    private static List<String> mapped(List<String> arguments) {
        return arguments.stream()
                .map(word -> word.startsWith("HostKeyAlgorithms ")
                        ? word.replace("ssh-rsa", "rsa-sha2-512,rsa-sha2-256")
                        : word)
                .toList();
    }

    private static List<String> withoutOptions(List<String> arguments, Set<String> options) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("-o") && options.contains(arguments.get(i + 1))) {
                i++;
            } else {
                left.add(arguments.get(i));
            }
        }
        return left;
    }
}
