package dev.foothold.bootstrap;

import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.machine.AgentBinary;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.script.Script;
import dev.foothold.script.SteadySession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Brings an agent to a machine: chooses the build, uploads it or has the machine fetch it, and sees to it that it is
 * checked, unpacked, started as a service, and ready. See {@link Agent} for what is where on the machine. Thread-safe.
 */
public final class AgentDelivery {

    private final String dataDirectory;
    private final MachineConfigurator configurator;

    /**
     * Creates a delivery.
     *
     * @param dataDirectory where the machine keeps our data; absolute, or relative to where a login begins
     */
    public AgentDelivery(String dataDirectory) {
        this.dataDirectory = dataDirectory;
        this.configurator = new MachineConfigurator(dataDirectory);
    }

    /**
     * Delivers an agent. What is there already stays.
     *
     * @param machine the machine
     * @param agent the agent
     * @param base the machine's operating system
     * @param arch the machine's architecture
     * @param context is told what happens; its id is part of the run's
     * @param timeout the longest that everything may take, the time until the agent is ready included
     * @return the build that was chosen
     * @throws dev.foothold.FootholdException if no build fits the machine
     * @throws ScriptFailedException if a step failed on the machine: the download, the check of size and SHA-256, the
     *     unpacking, the start, or the agent was not ready in time; the message names the machine and the step, and has the
     *     end of the agent's log
     * @throws dev.foothold.ssh.SshUploadException if the machine does not take the file, for example because its disk is
     *     full, or the file cannot be read here
     * @throws dev.foothold.script.ScriptException if the machine does not run the script that delivers
     * @throws dev.foothold.ssh.SshException if the connection broke and the machine was not reached again
     * @throws InterruptedException if the caller was interrupted; the delivery is ended, an agent that was started is not
     */
    public AgentBinary deliver(
            SteadySession machine, Agent agent, Base base, Arch arch, OperationContext context, Duration timeout)
            throws InterruptedException {
        Instant start = context.timeline().now();
        context.redactor().hide(agent.secrets());
        AgentBinary binary = agent.binaries().choose(base, arch, agent.version());
        AgentScript text = new AgentScript(agent, binary);
        Script script = Script.of(context.id() + "-agent", text.render(dataDirectory))
                .within(timeout)
                .restartable();
        if (binary.isLocal()) {
            script = script.withFile(AgentScript.FILE, Path.of(binary.location()));
        }
        configurator.run(machine, script, text.title(), context);
        Duration elapsed = Duration.between(start, context.timeline().now());
        context.tell((at, origin) ->
                new Event.AgentReady(at, origin, machine.address(), binary.name(), binary.version(), elapsed));
        return binary;
    }
}
