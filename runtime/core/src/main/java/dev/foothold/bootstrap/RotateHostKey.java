package dev.foothold.bootstrap;

import dev.foothold.cloud.OperationContext;
import dev.foothold.cloudinit.ShellWord;
import dev.foothold.event.Event;
import dev.foothold.instance.InstanceId;
import dev.foothold.ssh.HostKeyVerifier;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Has a machine make itself a new host key, and proves by a second connection that it uses it.
 *
 * <p>The new public key is kept before the old key goes, so that a crash at any point leaves a machine that is still
 * recognised.
 */
final class RotateHostKey {

    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration RELOAD_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration RELOAD_PAUSE = Duration.ofMillis(400);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(2);

    /** What both steps begin with. Root's search path often lacks the places of administrators' programs. */
    private static final String WORDS = """
            fail() { printf '%s\\n' "$1" >&2; exit 1; }
            PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
            key=$dir/ssh_host_ed25519_key
            new=$dir/.foothold_new_host_key
            """;

    private static final String MAKE = """
            [ -d "$dir" ] || fail "there is no directory $dir on the machine"
            command -v ssh-keygen > /dev/null 2>&1 || fail 'there is no ssh-keygen on the machine'
            umask 077
            rm -f "$new" "$new.pub" || fail "$dir cannot be written"
            ssh-keygen -q -t ed25519 -N '' -C '' -f "$new" < /dev/null >&2 || fail 'ssh-keygen failed'
            cat "$new.pub"
            """;

    /** Renames, which replaces the old key in one step, and finds the server that this very shell descends from. */
    private static final String USE = """
            [ -f "$new" ] || fail 'the new host key has vanished'
            chmod 600 "$new" && chmod 644 "$new.pub" || fail 'the new host key cannot be made readable'
            mv -f "$new.pub" "$key.pub" && mv -f "$new" "$key" || fail "$key cannot be replaced"
            if command -v restorecon > /dev/null 2>&1; then restorecon "$key" "$key.pub" > /dev/null 2>&1; fi
            # A machine without a root file system of its own has no SSH server of its own, either.
            [ "${dir#/}" != "$dir" ] || exit 0
            process=$$
            server=
            while [ -n "$process" ] && [ "$process" -gt 0 ] && [ -r "/proc/$process/cmdline" ]; do
                title=$(tr '\\0' ' ' < "/proc/$process/cmdline")
                case $title in
                    'sshd: '*'[listener]'* | /*/sshd' ' | /*/sshd' -D'*) server=$process; break ;;
                esac
                process=$(sed -n 's/^PPid:[[:space:]]*//p' "/proc/$process/status")
            done
            [ -n "$server" ] || exit 0
            kill -HUP "$server" || fail 'the SSH server cannot be told to read its new host key'
            """;

    /**
     * For servers that were not found, and go on with the old key. Most that are not found are started for each
     * connection and read their keys each time; so this is tried last.
     */
    private static final String RELOAD = """
            [ "${dir#/}" != "$dir" ] || exit 0
            { systemctl reload ssh || systemctl reload sshd || service ssh reload || service sshd reload || :; } \\
                > /dev/null 2>&1
            """;

    private final SshConnector connector;
    private final HostPins pins;
    private final OperationContext context;

    RotateHostKey(SshConnector connector, HostPins pins, OperationContext context) {
        this.connector = connector;
        this.pins = pins;
        this.context = context;
    }

    /**
     * Replaces the host key.
     *
     * @param session the first connection; stays open
     * @param id the machine
     * @param dataDirectory where Foothold keeps its data on the machine; paths are relative where it is
     * @param login how to log in the second time, which proves that this can be done later; whom to trust is replaced
     * @return a second connection, to a machine that has proved itself with its new key
     * @throws HostKeyRotationException if the machine does not use a new key; it may use it later
     */
    SshSession rotate(SshSession session, InstanceId id, String dataDirectory, HostSshOptions login)
            throws InterruptedException {
        String directory = "dir=" + ShellWord.quote(dataDirectory.startsWith("/") ? "/etc/ssh" : "etc/ssh") + "\n";
        List<SshPublicKey> old = pins.of(id);
        SshPublicKey fresh = newKey(session, run(session, directory + WORDS + MAKE));
        List<SshPublicKey> both = new ArrayList<>(List.of(fresh));
        both.addAll(old);
        pins.keep(id, both);
        run(session, directory + WORDS + USE);
        SshSession second = reconnect(session, directory, login, fresh);
        boolean kept = false;
        try {
            pins.keep(id, List.of(fresh));
            kept = true;
        } finally {
            if (!kept) {
                second.close();
            }
        }
        context.tell((at, origin) -> new Event.HostKeyReplaced(at, origin, session.address(), fresh.fingerprint()));
        return second;
    }

    private List<String> run(SshSession session, String script) throws InterruptedException {
        OutputLines lines = new OutputLines(context.redactor(), line -> {});
        SshResult result;
        try {
            result = session.run(SshCommand.of(Privileged.line("/bin/sh -s")).reading(script), lines, STEP_TIMEOUT);
        } catch (SshException e) {
            throw new HostKeyRotationException(session.address(), String.valueOf(e.getMessage()), e);
        }
        lines.end();
        if (!result.succeeded()) {
            String said = String.join(" ", lines.tail()).strip();
            throw new HostKeyRotationException(session.address(), said.isEmpty() ? result.describe() : said, null);
        }
        return lines.tail();
    }

    private static SshPublicKey newKey(SshSession session, List<String> output) {
        for (String line : output) {
            if (line.startsWith("ssh-ed25519 ")) {
                try {
                    return SshPublicKey.parse(line);
                } catch (IllegalArgumentException e) {
                    throw new HostKeyRotationException(
                            session.address(), "the machine's new host key cannot be read: " + e.getMessage(), e);
                }
            }
        }
        throw new HostKeyRotationException(session.address(), "the machine did not tell its new host key", null);
    }

    /** Connects as soon as the server shows its new key, which it reads on its own time. */
    private SshSession reconnect(SshSession session, String directory, HostSshOptions login, SshPublicKey fresh)
            throws InterruptedException {
        SshOptions options = login.forHost(session.address()).trusting(HostKeyVerifier.pinned(List.of(fresh)));
        Instant end = context.timeline().now().plus(RELOAD_TIMEOUT);
        Duration pause = FIRST_PAUSE;
        boolean reloaded = false;
        while (true) {
            try {
                return connector.connect(session.address(), options);
            } catch (SshException e) {
                // Who is asked to log in has shown its new key; it will not let us in later, either.
                boolean refused = e.failure() == SshFailure.AUTHENTICATION;
                if (refused || !context.timeline().now().plus(pause).isBefore(end)) {
                    String what = e.failure() == SshFailure.HOST_KEY_MISMATCH
                            ? "the SSH server does not use its new host key: "
                            : "the second connection, which was to prove it, failed: ";
                    throw new HostKeyRotationException(session.address(), what + e.getMessage(), e);
                }
            }
            if (!reloaded && pause.compareTo(RELOAD_PAUSE) >= 0) {
                run(session, directory + WORDS + RELOAD);
                reloaded = true;
            }
            context.timeline().sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LAST_PAUSE) < 0 ? pause.multipliedBy(2) : LAST_PAUSE;
        }
    }
}
