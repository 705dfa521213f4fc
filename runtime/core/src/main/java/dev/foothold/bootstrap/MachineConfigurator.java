package dev.foothold.bootstrap;

import dev.foothold.cloud.OperationContext;
import dev.foothold.cloudinit.CloudConfig;
import dev.foothold.cloudinit.ShellWord;
import dev.foothold.event.Event;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import java.time.Duration;
import java.time.Instant;

/** Makes a machine what a description says, over a session that is logged in. */
public final class MachineConfigurator {

    // The script goes to a file first: a shell that reads commands from its input byte by byte is slow, and a command
    // of the script that reads standard input would swallow the rest of it.
    private static final String RUN_STANDARD_INPUT = "umask 077; f=$(mktemp) && trap 'rm -f \"$f\"' EXIT"
            + " && cat > \"$f\" && /bin/bash --noprofile --norc \"$f\" < /dev/null";

    private static final String COMMAND =
            Privileged.line("/bin/bash --noprofile --norc -c " + ShellWord.quote(RUN_STANDARD_INPUT));

    /** Creates a configurator. */
    public MachineConfigurator() {}

    /**
     * Renders the description to a script and runs it on the machine as root. What it writes is told as it comes.
     *
     * @param session the machine
     * @param config what the machine shall be
     * @param context is told what happens
     * @param timeout the longest the script may run
     * @throws ScriptFailedException if the script did not end with status 0
     * @throws dev.foothold.ssh.SshException if the connection broke or the time was over
     * @throws InterruptedException if the caller was interrupted
     */
    public void configure(SshSession session, CloudConfig config, OperationContext context, Duration timeout)
            throws InterruptedException {
        Instant start = context.timeline().now();
        context.tell((at, origin) -> new Event.ScriptStarted(at, origin, session.address()));
        OutputLines lines = new OutputLines(
                context.redactor(),
                line -> context.tell((at, origin) -> new Event.MachineOutput(at, origin, session.address(), line)));
        SshResult result = session.run(SshCommand.of(COMMAND).reading(config.renderScript()), lines, timeout);
        lines.end();
        if (!result.succeeded()) {
            throw new ScriptFailedException(session.address().hostAndPort(), result, lines.tail());
        }
        Duration elapsed = Duration.between(start, context.timeline().now());
        context.tell((at, origin) -> new Event.ScriptSucceeded(at, origin, session.address(), elapsed));
    }
}
