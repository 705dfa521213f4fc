package dev.foothold.ssh;

import dev.foothold.network.MachineAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Accepts keys by the fingerprints that the machine printed on its console. */
record ConsoleHostKeys(List<String> algorithms, Set<String> fingerprints) implements HostKeyVerifier {

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN SSH HOST KEY (FINGERPRINTS|KEYS)-----");
    private static final Pattern END = Pattern.compile("-----END SSH HOST KEY (FINGERPRINTS|KEYS)-----");
    private static final Pattern FINGERPRINT =
            Pattern.compile("(\\d{3,5}) (SHA256:[A-Za-z0-9+/]{43})(?: .*)? \\((ED25519|ECDSA|RSA)\\)");
    private static final Pattern KEY = Pattern.compile("((?:ssh|ecdsa)-[a-z0-9-]+ [A-Za-z0-9+/]+={0,2})(?: |$)");

    private static final Map<String, String> ECDSA = Map.of(
            "256", "ecdsa-sha2-nistp256",
            "384", "ecdsa-sha2-nistp384",
            "521", "ecdsa-sha2-nistp521");

    ConsoleHostKeys {
        algorithms = List.copyOf(algorithms);
        fingerprints = Set.copyOf(fingerprints);
    }

    static ConsoleHostKeys parse(String output) {
        Set<String> algorithms = new LinkedHashSet<>();
        Set<String> fingerprints = new LinkedHashSet<>();
        boolean inside = false;
        for (String line : output.lines().toList()) {
            if (BEGIN.matcher(line).find()) {
                inside = true;
            } else if (END.matcher(line).find()) {
                inside = false;
            } else if (inside) {
                read(line, algorithms, fingerprints);
            }
        }
        return new ConsoleHostKeys(new ArrayList<>(algorithms), fingerprints);
    }

    private static void read(String line, Set<String> algorithms, Set<String> fingerprints) {
        Matcher fingerprint = FINGERPRINT.matcher(line);
        if (fingerprint.find()) {
            String algorithm = switch (fingerprint.group(3)) {
                case "ED25519" -> "ssh-ed25519";
                case "RSA" -> "ssh-rsa";
                default -> ECDSA.getOrDefault(fingerprint.group(1), "");
            };
            if (!algorithm.isEmpty()) {
                algorithms.add(algorithm);
                fingerprints.add(fingerprint.group(2));
            }
            return;
        }
        Matcher key = KEY.matcher(line);
        if (key.find()) {
            try {
                SshPublicKey parsed = SshPublicKey.parse(key.group(1));
                algorithms.add(parsed.algorithm());
                fingerprints.add(parsed.fingerprint());
            } catch (IllegalArgumentException e) {
                // A console mixes the lines of several programs; a torn one proves nothing.
            }
        }
    }

    @Override
    public Optional<String> objection(MachineAddress address, OfferedHostKey offered) {
        return offered.certificate().isEmpty()
                        && fingerprints.contains(offered.key().fingerprint())
                ? Optional.empty()
                : Optional.of("the machine's console shows only "
                        + String.join(", ", fingerprints.stream().sorted().toList()));
    }
}
