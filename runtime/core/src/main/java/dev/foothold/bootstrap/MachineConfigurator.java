package dev.foothold.bootstrap;

import dev.foothold.cloud.OperationContext;
import dev.foothold.cloudinit.CloudConfig;
import dev.foothold.event.Event;
import dev.foothold.network.MachineAddress;
import dev.foothold.script.Script;
import dev.foothold.script.ScriptEnd;
import dev.foothold.script.ScriptListener;
import dev.foothold.script.ScriptRunner;
import dev.foothold.script.SteadySession;
import dev.foothold.ssh.SshException;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes a machine what a description says. Its scripts outlive the connection, and the process that started them; see
 * {@link ScriptRunner}. Thread-safe.
 */
public final class MachineConfigurator {

    private static final String CONFIGURE = "configure";

    private final String dataDirectory;

    /**
     * Creates a configurator.
     *
     * @param dataDirectory where the machine keeps our data
     */
    public MachineConfigurator(String dataDirectory) {
        this.dataDirectory = dataDirectory;
    }

    /**
     * Renders the description to a script and runs it on the machine as root. What it writes is told as it comes. If the
     * machine reboots meanwhile, the script is run again: it does only what has not been done.
     *
     * @param machine the machine
     * @param config what the machine shall be
     * @param context is told what happens; its id is part of the run's, so that the same operation runs the script once
     * @param timeout the longest the script may run
     * @throws ScriptFailedException if the script did not end with status 0
     * @throws dev.foothold.script.ScriptException if the machine does not run it
     * @throws SshException if the connection broke and the machine was not reached again
     * @throws InterruptedException if the caller was interrupted; the script is ended
     */
    public void configure(SteadySession machine, CloudConfig config, OperationContext context, Duration timeout)
            throws InterruptedException {
        run(
                machine,
                Script.of(context.id() + "-" + CONFIGURE, config.renderScript())
                        .within(timeout)
                        .restartable(),
                "the configuration script",
                context);
    }

    /**
     * Runs a script on the machine as root. What it writes is told as it comes.
     *
     * @param machine the machine
     * @param script what to run; a run of the same id that is there is attached to
     * @param name what to call it in errors, for example {@code the configuration script}
     * @param context is told what happens
     * @throws ScriptFailedException if the script did not end with status 0
     * @throws dev.foothold.script.ScriptException if the machine does not run it
     * @throws dev.foothold.ssh.SshUploadException if the machine does not take one of its files
     * @throws SshException if the connection broke and the machine was not reached again
     * @throws InterruptedException if the caller was interrupted; the script is ended unless it is left running
     */
    public void run(SteadySession machine, Script script, String name, OperationContext context)
            throws InterruptedException {
        MachineAddress address = machine.address();
        Instant start = context.timeline().now();
        context.tell((at, origin) -> new Event.ScriptStarted(at, origin, address));
        OutputLines lines = new OutputLines(
                context.redactor(),
                line -> context.tell((at, origin) -> new Event.MachineOutput(at, origin, address, line)));
        ScriptEnd end = new ScriptRunner(context.timeline(), dataDirectory)
                .run(machine, script, lines, new Teller(address, context));
        lines.end();
        if (!end.succeeded()) {
            throw new ScriptFailedException(address.hostAndPort(), name, end, lines.tail());
        }
        Duration elapsed = Duration.between(start, context.timeline().now());
        context.tell((at, origin) -> new Event.ScriptSucceeded(at, origin, address, elapsed));
    }

    /** Makes events of what comes in between. */
    private record Teller(MachineAddress address, OperationContext context) implements ScriptListener {

        @Override
        public void lost(SshException failure) {
            context.tell((at, origin) ->
                    new Event.ScriptConnectionLost(at, origin, address, String.valueOf(failure.getMessage())));
        }

        @Override
        public void reattached(long offset) {
            context.tell((at, origin) -> new Event.ScriptReattached(at, origin, address, offset));
        }

        @Override
        public void restarted(int start) {
            context.tell((at, origin) -> new Event.ScriptRestarted(at, origin, address, start));
        }
    }
}
