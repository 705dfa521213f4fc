package dev.foothold.sample.manual;

import dev.foothold.cloudinit.ShellWord;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.Environ;
import dev.foothold.ssh.SshCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at, makes and ends the claims that are kept on machines. Each machine settles by itself who is first: what changes
 * a claim holds a lock there. Thread-safe.
 */
final class Claims {

    private static final String PROGRAM = program();

    // What the login shell reads: nothing in it depends on which shell that is.
    // Looking is done often, by users who need not become root for it, so it is short.
    private static final String LOOK = "/bin/sh -c 'f=/var/lib/foothold-manual/claim; w=free; c=;"
            + " if [ -e $f ]; then if c=$(cat $f 2>&1); then w=claimed; elif [ -e $f ]; then w=failed; fi; fi;"
            + " printf \"\\nfoothold-manual: %s\\n%s\\n\" $w \"$c\"'";
    private static final String AS_ROOT = "/bin/sh -c '[ \"$(id -u)\" -eq 0 ] || set -- sudo -n;"
            + " h=$HOME; u=$(id -un); exec \"$@\" /bin/sh -s -- \"$h\" \"$u\"' sh";

    private static final Pattern ANSWER = Pattern.compile("(?ms)^foothold-manual: ([a-z]+)\\n(.*)");
    private static final Duration SPARE = Duration.ofSeconds(30);

    private final Duration timeout;
    private final Duration cleanupTimeout;
    private final String cleanup;

    /**
     * Creates them.
     *
     * @param timeout how long a machine may take for anything but the clean-up script
     * @param cleanup what is run on a machine before it is free again; empty for nothing
     * @param cleanupTimeout how long that may take
     */
    Claims(Duration timeout, String cleanup, Duration cleanupTimeout) {
        this.timeout = timeout;
        this.cleanup = cleanup;
        this.cleanupTimeout = cleanupTimeout;
    }

    /** Asks a machine whose it is; empty if nobody's. */
    Optional<Claim> look(MachineLine line) throws UnansweredException, InterruptedException {
        return claim(line, ask(line, SshCommand.of(LOOK), timeout));
    }

    /**
     * Claims a machine, unless somebody has.
     *
     * @return the claim that is there now: this one, or another one that was first
     */
    Claim claim(MachineLine line, Claim wanted) throws UnansweredException, InterruptedException {
        String settings = "act=claim\ntext=" + ShellWord.quote(wanted.text()) + "\npatience=" + seconds(timeout) + "\n";
        return claim(line, ask(line, SshCommand.of(AS_ROOT).reading(settings + PROGRAM), timeout.multipliedBy(2)))
                .orElseThrow(() -> strange(line, "it says that it is free after it was claimed"));
    }

    /** Cleans a machine and ends a claim; one that is not there has ended before. */
    void release(MachineLine line, String key) throws UnansweredException, InterruptedException {
        String settings = "act=release\nline=" + ShellWord.quote(Claim.keyLine(key))
                + "\ndata=" + ShellWord.quote(Environ.DATA_DIRECTORY)
                + "\ncleanup=" + ShellWord.quote(cleanup)
                + "\npatience=" + seconds(cleanupTimeout) + "\n";
        // Another client may be cleaning the machine now; then it is waited for.
        Answer answer = ask(
                line,
                SshCommand.of(AS_ROOT).reading(settings + PROGRAM),
                cleanupTimeout.multipliedBy(2).plus(SPARE));
        if (!answer.word().equals("released") && !answer.word().equals("gone")) {
            throw strange(line, answer.word());
        }
    }

    /**
     * What a machine answers.
     *
     * @param word what it comes to
     * @param rest what belongs to it
     */
    private record Answer(String word, String rest) {}

    private static Answer ask(MachineLine line, SshCommand command, Duration timeout)
            throws UnansweredException, InterruptedException {
        MachineLine.Said said = line.run(command, timeout);
        Matcher answer = ANSWER.matcher(said.output());
        if (!answer.find()) {
            String errors = said.errors().strip();
            if (errors.contains("sudo")) {
                throw new CloudException(
                                Kind.NOT_AUTHORISED,
                                "user \"" + line.machine().user() + "\" of machine "
                                        + line.machine().name()
                                        + " must be able to become root without a password, but: " + errors)
                        .withAction("sudo");
            }
            throw strange(line, errors.isEmpty() ? said.result().describe() : errors);
        }
        if (answer.group(1).equals("failed")) {
            throw strange(line, answer.group(2).strip());
        }
        return new Answer(answer.group(1), answer.group(2));
    }

    private static Optional<Claim> claim(MachineLine line, Answer answer) {
        if (answer.word().equals("free")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Claim.parse(answer.rest()));
        } catch (IllegalArgumentException e) {
            throw new CloudException(
                    Kind.OTHER,
                    "the claim in /var/lib/foothold-manual on machine "
                            + line.machine().name() + " cannot be read, so it is not known whose the machine is: "
                            + e.getMessage(),
                    e);
        }
    }

    private static CloudException strange(MachineLine line, String what) {
        return new CloudException(Kind.OTHER, "machine " + line.machine().name() + ": " + what);
    }

    private static long seconds(Duration time) {
        return Math.max(1, time.toSeconds());
    }

    private static String program() {
        try (InputStream in = Claims.class.getResourceAsStream("machine.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
