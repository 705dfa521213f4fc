package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which host keys are trusted, and which algorithms are offered.
 *
 * <p>The keys of the vectors are not keys; real ones of the same algorithm stand for them. Trust is held in memory, so
 * there is no file to be removed; the lines are those that OpenSSH would be given. Of an RSA key the SHA-2 signatures
 * are offered instead of the SHA-1 one that the key's own name stands for.
 */
@Tag("D-15")
class HostKeyOptionsVectorsTest {

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> vectors() {
        return Vectors.file("host_key_options").tests(this::check);
    }

    private void check(VectorCase vector) throws IOException, InterruptedException {
        List<SshPublicKey> keys = new ArrayList<>();
        String expectedFile = vector.expect("known_hosts").isNull()
                ? ""
                : vector.expect("known_hosts").asText();
        for (JsonNode json : vector.get("host_keys")) {
            String algorithm = json.get("algorithm").asText();
            String given = json.get("public").asText().strip();
            SshPublicKey real = realKey(algorithm);
            String comment = given.split(" ", 3)[2];
            String line = json.get("public")
                    .asText()
                    .replace(
                            given, real.line().split(" ")[0] + " " + real.line().split(" ")[1] + " " + comment);
            keys.add(SshPublicKey.parse(line));
            expectedFile = expectedFile.replace(given, line.strip());
        }
        SshOptions options = SshOptions.defaults().trusting(keys);
        String host = vector.get("host").asText();

        assertThat(options.hostKeys().knownHosts(host).stream().map(line -> line + "\n"))
                .containsExactlyInAnyOrder(expectedFile.isEmpty() ? new String[0] : expectedFile.split("(?<=\n)"));
        List<String> arguments = options.openSshArguments(OpenSshFiles.of(directory.resolve("known_hosts")));
        assertThat(arguments)
                .contains("StrictHostKeyChecking "
                        + vector.expect("strict_host_key_checking").asText());
        Set<String> offered = new HashSet<>(OpenSshArguments.hostKeyAlgorithms(options.hostKeys()));
        JsonNode includeAny = vector.get("expect").get("host_key_algorithms_include_any");
        if (includeAny != null) {
            includeAny.forEach(name -> assertThat(offered).contains(name.asText()));
        } else {
            Set<String> expected = new HashSet<>();
            vector.expect("host_key_algorithms").forEach(name -> {
                if (name.asText().equals("ssh-rsa")) {
                    expected.addAll(List.of("rsa-sha2-512", "rsa-sha2-256"));
                } else {
                    expected.add(name.asText());
                }
            });
            assertThat(offered).isEqualTo(expected);
        }
        assertThat(offered).doesNotContain("ssh-rsa");
    }

    private SshPublicKey realKey(String algorithm) throws IOException, InterruptedException {
        if (algorithm.equals("ssh-ed25519")) {
            return SshKeyPair.generate("").publicKey();
        }
        OpenSsh.require();
        Path file = directory.resolve(algorithm);
        if (!Files.exists(file)) {
            OpenSsh.keygen(
                    "-q",
                    "-t",
                    algorithm.equals("ssh-rsa") ? "rsa" : "ecdsa",
                    "-N",
                    "",
                    "-C",
                    "",
                    "-f",
                    file.toString());
        }
        return SshKeyPair.read(file).publicKey();
    }
}
