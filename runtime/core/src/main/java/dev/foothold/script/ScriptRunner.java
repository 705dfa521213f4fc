package dev.foothold.script;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.ssh.SshUpload;
import dev.foothold.ssh.SshUploadException;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts on machines, each once, whatever becomes of the connection and of whoever started it.
 *
 * <p>A script is started detached and its output followed from a file. When the connection breaks, the machine is called
 * again and the output goes on at the byte where it was left. Whoever comes later with the same script, in another process
 * for example, finds the run that is there, running or ended, and gets its output from the beginning and its end.
 *
 * <p>Takes {@code /bin/bash}, {@code setsid}, coreutils and {@code /proc} on the machine. Thread-safe.
 */
public final class ScriptRunner {

    /** The longest that the end of a script on its machine is waited for: it gets 3 s to end by itself. */
    private static final Duration STOP = Duration.ofSeconds(8);

    private static final Duration PREPARE = Duration.ofSeconds(60);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** A disk with fewer KiB free was too full for a script that failed; what it took itself is free again by then. */
    private static final int FULL = 64;

    private static final byte[] NOTHING = {};

    private final Timeline timeline;
    private final String directory;

    /**
     * Creates a runner.
     *
     * @param timeline what time is measured and waited on
     * @param directory where the machine keeps our data; absolute, or relative to where a login begins; made if it is not
     *     there
     * @throws IllegalArgumentException if the directory is blank or has control characters
     */
    public ScriptRunner(Timeline timeline, String directory) {
        this.timeline = Objects.requireNonNull(timeline, "timeline");
        if (directory.isBlank()
                || directory.startsWith("-")
                || directory.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the data directory must not be blank, begin with a hyphen or have control characters");
        }
        this.directory = directory;
    }

    /**
     * Runs a script, or attaches to its run if it has been started before, and waits for its end.
     *
     * @param machine the machine
     * @param script what to run
     * @param output gets everything that the script wrote and writes, each byte once, as {@link SshOutput.Stream#OUT};
     *     called by the calling thread
     * @param listener is told what comes in between
     * @return how it ended
     * @throws ScriptException if the machine does not run it; the message says why and what to do
     * @throws dev.foothold.ssh.SshUploadException if the machine does not take one of its files
     * @throws SshException if the connection broke and the machine was not reached again within the outage that is allowed;
     *     the script may still run
     * @throws InterruptedException if the caller was interrupted; the script has been ended on the machine if that could
     *     be done within seconds, unless it is {@linkplain Script#leftRunning() left running}
     */
    public ScriptEnd run(SteadySession machine, Script script, SshOutput output, ScriptListener listener)
            throws InterruptedException {
        return new Run(machine, script, 0, output, listener).perform();
    }

    /**
     * Attaches to a script that was started before, and waits for its end.
     *
     * @param machine the machine
     * @param id the run
     * @param offset how many bytes of the output to leave out, because they are known
     * @param timeout the longest to wait; the script is not ended then, nor by an interrupt
     * @param output gets the rest of the output
     * @param listener is told what comes in between
     * @return how it ended, or {@link ScriptEnd.Kind#TIMED_OUT}
     * @throws ScriptException if there is no such run
     * @throws SshException if the connection broke and the machine was not reached again
     * @throws InterruptedException if the caller was interrupted
     * @throws IllegalArgumentException if the id is none, or the offset is negative
     */
    public ScriptEnd attach(
            SteadySession machine, String id, long offset, Duration timeout, SshOutput output, ScriptListener listener)
            throws InterruptedException {
        if (offset < 0) {
            throw new IllegalArgumentException(
                    "the offset in a script's output must not be negative, but is " + offset);
        }
        Script known = Script.of(id, "").within(timeout).leftRunning();
        Run run = new Run(machine, known, offset, output, listener);
        run.started = true;
        run.attached = true;
        return run.perform();
    }

    /**
     * Ends a script on the machine: asks its processes to end, and kills them if they have not within 3 s. A script that
     * has not begun cannot begin any more afterwards; one that has ended stays as it is.
     *
     * @param machine the machine
     * @param id the run
     * @throws ScriptException if the machine does not do it
     * @throws SshException if the machine cannot be reached within a few seconds
     * @throws InterruptedException if the caller was interrupted
     * @throws IllegalArgumentException if the id is none
     */
    public void stop(SteadySession machine, String id) throws InterruptedException {
        Script.requireName("the id of a script", id);
        Instant end = timeline.now().plus(STOP);
        while (true) {
            RunOutput said = new RunOutput(SshOutput.discard());
            SshSession session = machine.session();
            try {
                SshResult result = session.run(
                        RemoteProgram.STOP.command(machine.sudoPassword(), List.of(directory, id), NOTHING),
                        said,
                        STOP);
                if (said.record("stopped").isEmpty()) {
                    throw Refusal.of(machine.address(), id, said, result);
                }
                return;
            } catch (SshException e) {
                if (e.failure() != SshFailure.CONNECTION_LOST) {
                    throw e;
                }
                machine.reconnect(session, Duration.between(timeline.now(), end), e);
            }
        }
    }

    /** One script, from its upload to its end. */
    private final class Run {

        private final SteadySession machine;
        private final Script script;
        private final SshOutput output;
        private final ScriptListener listener;
        private final Instant end;
        private long offset;
        private int start = 1;
        private boolean started;
        private boolean attached;
        private Duration pause = FIRST_PAUSE;

        Run(SteadySession machine, Script script, long offset, SshOutput output, ScriptListener listener) {
            this.machine = machine;
            this.script = script;
            this.offset = offset;
            this.output = output;
            this.listener = listener;
            this.end = timeline.now().plus(script.timeout());
        }

        ScriptEnd perform() throws InterruptedException {
            boolean over = false;
            try {
                ScriptEnd result = prepareAndFollow();
                over = true;
                return result;
            } catch (SshException | SshUploadException | ScriptException e) {
                // Out of reach, or not running; it may be tried again.
                over = true;
                throw e;
            } finally {
                if (!over && !script.isLeftRunning()) {
                    stopThroughInterrupts();
                }
            }
        }

        private ScriptEnd prepareAndFollow() throws InterruptedException {
            Instant idleSince = timeline.now();
            while (true) {
                Instant began = timeline.now();
                Duration left = Duration.between(began, end);
                if (left.isZero() || left.isNegative()) {
                    return late();
                }
                SshSession session = machine.session();
                long before = offset;
                SshException lost = null;
                try {
                    ScriptEnd result = attempt(session, left);
                    if (result != null) {
                        return result;
                    }
                } catch (SshException e) {
                    if (e.failure() == SshFailure.TIMED_OUT && isNearlyOver()) {
                        return late();
                    }
                    if (e.failure() != SshFailure.CONNECTION_LOST) {
                        throw e;
                    }
                    lost = e;
                }
                Instant now = timeline.now();
                if (offset > before || now.isAfter(began.plus(LONGEST_PAUSE))) {
                    idleSince = now;
                    pause = FIRST_PAUSE;
                } else if (now.isAfter(idleSince.plus(machine.outage()))) {
                    throw lost != null
                            ? lost
                            : new ScriptException(
                                    machine.address(), script.id(), "the machine does not say what became of it", null);
                } else {
                    rest();
                }
                if (lost != null) {
                    listener.lost(lost);
                    if (!again(session, lost)) {
                        return late();
                    }
                }
            }
        }

        /** Calls the machine; tells whether there is time left for it. */
        private boolean again(SshSession broken, SshException reason) throws InterruptedException {
            try {
                machine.reconnect(broken, Duration.between(timeline.now(), end), reason);
            } catch (SshException e) {
                if (isNearlyOver()) {
                    return false;
                }
                throw e;
            }
            listener.reattached(offset);
            return true;
        }

        /** Allows for the pauses between two tries, and for clocks that differ. */
        private boolean isNearlyOver() {
            return !timeline.now().plus(LONGEST_PAUSE).isBefore(end);
        }

        /** Keeps from asking a machine all the time that breaks off each time. */
        private void rest() throws InterruptedException {
            timeline.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }

        /** Starts or follows the script over one connection; null if that has to be done again. */
        private @Nullable ScriptEnd attempt(SshSession session, Duration left) throws InterruptedException {
            if (!started && !script.files().isEmpty()) {
                upload(session, left);
            }
            RunOutput said = new RunOutput(output);
            long before = offset;
            SshResult result;
            try {
                result = session.run(
                        RemoteProgram.FOLLOW.command(
                                machine.sudoPassword(), parameters(), started ? NOTHING : script.bytes()),
                        said,
                        left);
            } finally {
                offset = before + said.delivered();
                noteStart(said);
            }
            return judge(said, result);
        }

        private List<String> parameters() {
            return List.of(
                    directory,
                    script.id(),
                    Long.toString(offset),
                    Integer.toString(started ? -1 : script.bytes().length),
                    attached ? "" : script.checksum(),
                    Integer.toString(script.starts()),
                    script.files().isEmpty() ? "0" : "1");
        }

        private void noteStart(RunOutput said) {
            List<String> run = said.record("run");
            if (!run.isEmpty()) {
                started = true;
                int number = Integer.parseInt(run.get(1));
                if (number > start && number > 1) {
                    listener.restarted(number);
                }
                start = Math.max(start, number);
            }
        }

        private @Nullable ScriptEnd judge(RunOutput said, SshResult result) {
            if (!said.record("different").isEmpty()) {
                throw new ScriptException(
                        machine.address(),
                        script.id(),
                        "another script has been run under this id; use a new one",
                        null);
            }
            if (!said.record("absent").isEmpty()) {
                throw new ScriptException(
                        machine.address(), script.id(), "nothing has been started under this id", null);
            }
            List<String> ended = said.record("end");
            if (!ended.isEmpty()) {
                long length = Long.parseLong(ended.get(2));
                boolean full = Long.parseLong(ended.get(3)) < FULL;
                return offset < length
                        ? null
                        : new ScriptEnd(
                                ScriptEnd.Kind.EXITED,
                                Integer.parseInt(ended.get(1)),
                                length,
                                full ? "the disk that holds " + directory + " is full" : "");
            }
            List<String> vanished = said.record("vanished");
            if (!vanished.isEmpty()) {
                long length = Long.parseLong(vanished.get(1));
                return offset < length ? null : new ScriptEnd(ScriptEnd.Kind.VANISHED, -1, length, "");
            }
            List<String> rebooted = said.record("rebooted");
            if (!rebooted.isEmpty()) {
                long length = Long.parseLong(rebooted.get(1));
                boolean last = Integer.parseInt(rebooted.get(2)) >= script.starts();
                String note = script.starts() == 1 ? "" : "it was started " + rebooted.get(2) + " times";
                return offset < length || !last ? null : new ScriptEnd(ScriptEnd.Kind.REBOOTED, -1, length, note);
            }
            if (!said.record("run").isEmpty()) {
                // What followed the output has ended before the script.
                return null;
            }
            throw Refusal.of(machine.address(), script.id(), said, result);
        }

        private void upload(SshSession session, Duration left) throws InterruptedException {
            RunOutput said = new RunOutput(SshOutput.discard());
            SshResult result = session.run(
                    RemoteProgram.PREPARE.command(machine.sudoPassword(), List.of(directory, script.id()), NOTHING),
                    said,
                    left.compareTo(PREPARE) < 0 ? left : PREPARE);
            if (!said.record("begun").isEmpty()) {
                return;
            }
            List<String> place = said.record("files");
            if (place.isEmpty()) {
                throw Refusal.of(machine.address(), script.id(), said, result);
            }
            String files = String.join(" ", place.subList(1, place.size()));
            for (Map.Entry<String, SshUpload.Content> file : script.files().entrySet()) {
                Duration rest = Duration.between(timeline.now(), end);
                session.upload(
                        SshUpload.of(file.getValue(), files + "/" + file.getKey()),
                        rest.isNegative() ? Duration.ZERO : rest);
            }
        }

        private ScriptEnd late() {
            String note = script.isLeftRunning() ? "it still runs on the machine" : ended(stopThroughInterrupts());
            return new ScriptEnd(ScriptEnd.Kind.TIMED_OUT, -1, offset, note);
        }

        private static String ended(@Nullable Throwable problem) {
            return problem == null
                    ? "it was ended on the machine"
                    : "it may still run on the machine, as it could not be ended: " + problem.getMessage();
        }

        /** Ends the script although the caller may have been interrupted; gives what failed, or null. */
        private @Nullable Throwable stopThroughInterrupts() {
            try (Scope scope = timeline.open("end script " + script.id(), STOP)) {
                Task<Boolean> stopping = scope.fork("end script " + script.id() + " on " + machine.address(), () -> {
                    stop(machine, script.id());
                    return true;
                });
                scope.awaitAllThroughInterrupts();
                stopping.result();
                return null;
            } catch (TimeoutException e) {
                return e;
            } catch (ExecutionException e) {
                return e.getCause();
            }
        }
    }

    /** Says why a program of ours did not do on the machine what it should. */
    private static final class Refusal {

        private static ScriptException of(MachineAddress address, String id, RunOutput said, SshResult result) {
            List<String> failed = said.record("failed");
            if (!failed.isEmpty()) {
                return new ScriptException(
                        address,
                        id,
                        String.join(" ", failed.subList(1, failed.size())).strip(),
                        null);
            }
            String noise = said.noise();
            return new ScriptException(
                    address, id, advice(noise) + (noise.isEmpty() ? result.describe() : noise), null);
        }

        private static String advice(String noise) {
            if (noise.contains("password is required") || noise.contains("terminal is required")) {
                return "sudo asks for a password; give it with SshOptions.withSudoPassword, or allow the login user to do"
                        + " without: ";
            }
            if (noise.contains("must have a tty")) {
                return "sudo wants a terminal, which there is none of; allow the login user to do without in sudoers"
                        + " (Defaults:USER !requiretty): ";
            }
            if (noise.contains("try again") || noise.contains("incorrect password")) {
                return "sudo does not accept the password: ";
            }
            if (noise.contains("sudo") && noise.contains("not found")) {
                return "the login user is not root, and there is no sudo: ";
            }
            if (noise.contains("not in the sudoers")
                    || noise.contains("may not run")
                    || noise.contains("not allowed")) {
                return "the login user may not become root: ";
            }
            return noise.contains("base64") ? "there is no base64 on the machine: " : "";
        }
    }
}
