package ${package};

import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.config.Secret;
import dev.foothold.event.render.TerminalEvents;
import dev.foothold.instance.Instance;
import dev.foothold.machine.Base;
#if ($zoned == "true")
import dev.foothold.provider.DefaultZonedProvider;
#else
import dev.foothold.provider.DefaultProvider;
#end
import dev.foothold.provider.Foothold;
import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.testkit.SimulatedMachines;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Goes the whole way: makes a first machine, logs in to it and runs a command there, starts two more, removes everything.
 *
 * <p>The cloud is in memory, so simulated machines stand behind its own: they answer SSH and run a shell.
 */
public final class ${className}Demo {

    private static final Base UBUNTU = Base.parse("ubuntu@24.04");

    private ${className}Demo() {}

    /**
     * Runs the demo.
     *
     * @param arguments none
     * @throws Exception if a step failed
     */
    public static void main(String[] arguments) throws Exception {
        Path state = Files.createTempDirectory(Path.of("target"), "demo-");
        Foothold foothold = Foothold.at(state).withEvents(TerminalEvents.standardError());
        ${className}Config config = new ${className}Config(URI.create("memory:demo"));
        ${className}Credential credential = new ${className}Credential(Secret.of("a-token"));
        ${className}Environ environ = new ${className}Environ(config, credential);

        try (SimulatedCloud machines = SimulatedCloud.builder().open();
#if ($zoned == "true")
                DefaultZonedProvider provider = new DefaultZonedProvider(
#else
                DefaultProvider provider = new DefaultProvider(
#end
                        SimulatedMachines.behind(environ, machines), foothold.model("demo"), foothold)) {
            BootstrapResult first = provider.bootstrapEnv(BootstrapParams.on(UBUNTU)
                    .cloudConfig(c -> c.shell("echo \"Hello, $(id -un) here.\""))
                    .within(Duration.ofMinutes(1)));
            System.out.println("The first machine is " + first.instance().id() + ", at " + first.address() + ".");

            provider.launch(2, LaunchParams.on(UBUNTU));
            for (Instance instance : provider.instances()) {
#if ($zoned == "true")
                System.out.println(instance.id() + " is in zone " + instance.zoneName() + ".");
#else
                System.out.println(instance.id() + " is " + instance.status() + ".");
#end
            }

            System.out.println(provider.destroyEnv().describe());
        }
    }
}
