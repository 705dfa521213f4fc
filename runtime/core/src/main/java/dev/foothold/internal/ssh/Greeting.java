package dev.foothold.internal.ssh;

import dev.foothold.ssh.SshFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the lines a server sends before and with its identification (RFC 4253, section 4.2).
 *
 * <p>sshj would read them too, but keeps reading for ever from a server that never comes to its identification, and
 * cannot tell a server that is overloaded from one that is no SSH server.
 */
final class Greeting {

    private static final int LONGEST_IDENTIFICATION = 253;
    private static final int LONGEST_GREETING = 16 * 1024;
    private static final int LONGEST_EXCERPT = 80;

    /** What sshd and its relatives say when they turn a client away for now. */
    private static final List<String> OVERLOADED =
            List.of("Exceeded MaxStartups", "Not allowed at this time", "Too many connections");

    /** Tells that no SSH server that has time for us answered. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1L;

        private final SshFailure failure;

        Refused(SshFailure failure, String message) {
            super(message);
            this.failure = failure;
        }

        SshFailure failure() {
            return failure;
        }
    }

    private Greeting() {}

    /** Reads up to the identification, and gives it with its end of line. */
    static byte[] read(InputStream in) throws IOException {
        int budget = LONGEST_GREETING;
        String first = "";
        while (true) {
            String line = readLine(in, budget, first);
            budget -= line.length();
            String text = line.stripTrailing();
            if (text.startsWith("SSH-")) {
                return checked(text).getBytes(StandardCharsets.ISO_8859_1);
            }
            if (OVERLOADED.stream().anyMatch(text::contains)) {
                throw new Refused(
                        SshFailure.THROTTLED, "the server has no room for another connection: " + excerpt(text));
            }
            if (text.startsWith("HTTP/") || text.indexOf('\0') >= 0) {
                throw notSsh(text);
            }
            first = first.isEmpty() ? text : first;
        }
    }

    /** Makes text from a server fit for a message: one short line without control characters. */
    static String excerpt(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return '"'
                + (printable.length() > LONGEST_EXCERPT ? printable.substring(0, LONGEST_EXCERPT) + "…" : printable)
                + '"';
    }

    private static String readLine(InputStream in, int budget, String first) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < budget) {
            int next = in.read();
            if (next < 0) {
                String said = first + line;
                throw said.isBlank() ? new EOFException("end of stream before the identification") : notSsh(said);
            }
            line.append((char) next);
            if (next == '\n') {
                return line.toString();
            }
        }
        throw notSsh(first + line);
    }

    private static String checked(String identification) throws Refused {
        boolean version2 = identification.startsWith("SSH-2.0-") || identification.startsWith("SSH-1.99-");
        if (!version2 || identification.length() > LONGEST_IDENTIFICATION || identification.indexOf('\0') >= 0) {
            throw new Refused(SshFailure.BANNER, "the server does not speak SSH version 2: " + excerpt(identification));
        }
        return identification + "\r\n";
    }

    private static Refused notSsh(String said) {
        return new Refused(SshFailure.BANNER, "what answers there is no SSH server: " + excerpt(said));
    }
}
