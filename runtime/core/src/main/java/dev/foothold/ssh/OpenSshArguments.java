package dev.foothold.ssh;

import dev.foothold.internal.key.PublicKeyBlob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renders options for OpenSSH's client, so that it does what ours does and nothing of the user's is touched. */
final class OpenSshArguments {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final Pattern QUOTED_IN_OPTION = Pattern.compile("[\\s\"'$\\\\#]");

    private final List<String> arguments = new ArrayList<>();

    private OpenSshArguments() {}

    static List<String> of(SshOptions options, OpenSshFiles files) {
        OpenSshArguments result = new OpenSshArguments();
        result.add("-F", "none");
        result.option("StrictHostKeyChecking", "yes");
        JumpHost jump = options.jumpHost();
        if (jump != null) {
            OpenSshFiles jumpFiles = files.jump();
            if (jumpFiles == null) {
                throw new IllegalArgumentException("the machine is reached through " + jump.address()
                        + ", so OpenSSH needs the files for that host, too");
            }
            result.option("ProxyCommand", proxyCommand(jump, jumpFiles));
        }
        result.option("PasswordAuthentication", "no");
        result.option("ServerAliveInterval", Long.toString(options.keepAlive().toSeconds()));
        result.option("ConnectTimeout", Long.toString(wholeSeconds(options.connectTimeout())));
        result.option("UserKnownHostsFile", path(files.knownHosts()));
        result.option("GlobalKnownHostsFile", "/dev/null");
        result.option("UpdateHostKeys", "no");
        if (files.hostAlias() != null) {
            result.option("HostKeyAlias", quotedInOption(files.hostAlias()));
        }
        String algorithms = String.join(",", hostKeyAlgorithms(options.hostKeys()));
        if (!algorithms.isEmpty()) {
            result.option("HostKeyAlgorithms", algorithms);
        }
        result.identities(options, files.identities());
        Integer port = options.port();
        if (port != null) {
            result.add("-p", port.toString());
        }
        return List.copyOf(result.arguments);
    }

    /** Names the signatures by which a host may prove that it has one of the keys. */
    static List<String> hostKeyAlgorithms(HostKeyVerifier verifier) {
        return verifier.algorithms().stream()
                .flatMap(OpenSshArguments::signaturesOf)
                .distinct()
                .toList();
    }

    private static Stream<String> signaturesOf(String algorithm) {
        String suffix = HostCertificate.algorithmFor("");
        return algorithm.endsWith(suffix)
                ? PublicKeyBlob.signatureAlgorithms(algorithm.substring(0, algorithm.length() - suffix.length()))
                        .stream()
                        .map(HostCertificate::algorithmFor)
                : PublicKeyBlob.signatureAlgorithms(algorithm).stream();
    }

    private void identities(SshOptions options, List<Path> files) {
        @Nullable SshAgent agent = null;
        for (SshIdentity identity : options.identities()) {
            if (identity instanceof SshAgent found) {
                agent = found;
            }
        }
        option("IdentityAgent", agent == null ? "none" : path(agent.socket()));
        option("IdentitiesOnly", agent == null ? "yes" : "no");
        for (Path file : files) {
            if (file.toString().contains("%")) {
                // -i looks for the file by the name as it is, and later for another one with the signs replaced.
                option("IdentityFile", path(file));
            } else {
                add("-i", file.toString());
            }
        }
    }

    private static String proxyCommand(JumpHost jump, OpenSshFiles files) {
        List<String> words = new ArrayList<>();
        words.add("ssh");
        words.addAll(jump.options()
                .withPort(jump.options().at(jump.address()).sshPort())
                .openSshArguments(files));
        words.addAll(List.of(
                "-W", "[%h]:%p", jump.options().user() + "@" + jump.address().value()));
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            // OpenSSH replaces percent signs before the shell sees the line; only those of -W are meant.
            String literal = word.equals("[%h]:%p") ? word : percentDoubled(word);
            line.append(line.isEmpty() ? "" : " ").append(shellWord(literal));
        }
        return line.toString();
    }

    private void option(String name, String value) {
        add("-o", name + " " + value);
    }

    private void add(String... words) {
        arguments.addAll(List.of(words));
    }

    private static String path(Path path) {
        return quotedInOption(percentDoubled(path.toString()));
    }

    private static String percentDoubled(String text) {
        return text.replace("%", "%%");
    }

    private static String quotedInOption(String value) {
        return QUOTED_IN_OPTION.matcher(value).find() ? '"' + value.replaceAll("([\"\\\\])", "\\\\$1") + '"' : value;
    }

    private static String shellWord(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static long wholeSeconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
