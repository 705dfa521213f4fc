package dev.foothold.bench.reach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells clients where the machines of a fleet are, and how to log in. Needs nothing but the JDK, so that it may be on
 * every client's class path.
 *
 * @param directory the fleet's directory
 */
record Place(Path directory) {

    static final int PORT = 2222;

    /** The login user: of all users only root is there on every Debian. */
    static final String USER = "root";

    /** What the script of {@link #SCRIPT} writes. */
    static final String MARK = "reached";

    /** What is run on machines; short, as it is not what is measured. */
    static final String SCRIPT = "echo " + MARK;

    /** Gives the private key that is let in everywhere: Ed25519 in OpenSSH's format, without a passphrase. */
    Path key() {
        return directory.resolve("key");
    }

    /** Gives the host keys of all machines, a line each, as OpenSSH has them. */
    Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    /** Gives the address of a machine; each has one of its own. */
    static String host(int machine) {
        return "127.71." + (1 + machine / 250) + "." + (1 + machine % 250);
    }

    /** Gives the file that lists the first machines, a line each; made on demand. */
    Path hosts(int machines) throws IOException {
        Path file = directory.resolve("hosts." + machines);
        if (!Files.exists(file)) {
            Files.write(file, firstHosts(machines));
        }
        return file;
    }

    private static List<String> firstHosts(int machines) {
        return IntStream.range(0, machines).mapToObj(Place::host).toList();
    }
}
