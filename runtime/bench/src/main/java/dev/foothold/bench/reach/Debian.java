package dev.foothold.bench.reach;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Installs Debian's programs, where this is Debian and we are root. */
final class Debian {

    /** The package of each program. */
    private static final Map<String, String> PACKAGES = new TreeMap<>(Map.of(
            "ssh", "openssh-client",
            "/usr/sbin/sshd", "openssh-server",
            "clush", "clustershell",
            "parallel-ssh", "pssh",
            "ansible", "ansible-core"));

    private Debian() {}

    /** Tries to install those of the programs that are not there. What is missing afterwards is not an error here. */
    static void install(PrintStream out, String... programs) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("apt-get", "install", "-y", "-q"));
        for (String program : programs) {
            if (!Tool.isThere(program) && !Files.isExecutable(Path.of(program))) {
                command.add(PACKAGES.getOrDefault(program, program));
            }
        }
        if (command.size() == 4 || !"root".equals(System.getProperty("user.name"))) {
            return;
        }
        out.println("Installing " + String.join(", ", command.subList(4, command.size())) + ".");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        try {
            builder.start().waitFor();
        } catch (IOException e) {
            out.println("There is no apt-get to install it with: " + e.getMessage());
        }
    }
}
