package dev.foothold.sample.embedded;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.Agent;
import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.bootstrap.LaunchResult;
import dev.foothold.bootstrap.Readiness;
import dev.foothold.destroy.DestroyReceipt;
import dev.foothold.distribution.AvailabilityZoneInstances;
import dev.foothold.distribution.DistributionRequest;
import dev.foothold.environ.Environ;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.AgentBinaries;
import dev.foothold.machine.Base;
import dev.foothold.provider.DefaultZonedProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.simulator.http.CloudProcess;
import dev.foothold.simulator.machine.Isolation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows the whole way, from an empty cloud to a configured machine, over several zones, and back to nothing.
 *
 * <p>The cloud is a process of its own on this machine; its machines speak real SSH and run a real shell. Interrupting
 * the demo rolls back what it has done.
 */
public final class Demo {

    private static final Base UBUNTU = Base.parse("ubuntu@24.04");
    private static final String MODEL = "demo";
    private static final int MORE_MACHINES = 5;
    private static final String CONTROLLER = "controller-1.0.0-any-any.jar";

    private final Screen screen;
    private final CloudProcess cloud;
    private final Path stateDirectory;

    private Demo(Screen screen, CloudProcess cloud, Path stateDirectory) {
        this.screen = screen;
        this.cloud = cloud;
        this.stateDirectory = stateDirectory;
    }

    /**
     * Runs the demo.
     *
     * @param args further options of the simulated cloud, for example {@code --isolation directory}
     * @throws Exception if a step failed
     */
    public static void main(String[] args) throws Exception {
        Screen screen = Screen.standardOutput();
        CountDownLatch cleanedUp = new CountDownLatch(1);
        Thread demo = Thread.currentThread();
        // The virtual machine ends with the signal's exit status (130 for Ctrl-C) once everything is taken back.
        Thread hook = new Thread(() -> {
            demo.interrupt();
            try {
                cleanedUp.await(2, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            runInTemporaryDirectory(screen, List.of(args));
        } catch (InterruptedException e) {
            screen.blank();
            screen.setback("interrupted; everything has been taken back");
            return;
        } finally {
            cleanedUp.countDown();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal came after the last step: there is nothing to take back.
        }
    }

    private static void runInTemporaryDirectory(Screen screen, List<String> cloudOptions) throws Exception {
        Path directory = Files.createTempDirectory("foothold-demo-");
        try {
            screen.title("Foothold: from nothing to a configured machine, over three zones, and back to nothing");
            List<String> options = new ArrayList<>(
                    List.of("--zones", "a,b,c", "--latency", "20ms", "--boot-delay", "400ms", "--until-stdin-closes"));
            options.addAll(cloudOptions);
            try (CloudProcess cloud = CloudProcess.start(directory.resolve("cloud"), options.toArray(String[]::new))) {
                new Demo(screen, cloud, directory.resolve("state")).run();
            }
        } finally {
            delete(directory);
        }
    }

    private void run() throws Exception {
        Foothold foothold = Foothold.at(stateDirectory).withEvents(screen);
        boolean directories = cloud.isolation().equals(Optional.of(Isolation.DIRECTORY));
        Map<String, String> settings = Map.of(
                "endpoint",
                cloud.url().toString(),
                "token",
                cloud.token(),
                "data-directory",
                directories ? "var/lib/foothold" : Environ.DATA_DIRECTORY);
        try (DefaultZonedProvider provider =
                foothold.open("embedded", MODEL, settings).zoned().orElseThrow()) {
            Neighbours neighbours = new Neighbours(provider.environ());
            neighbours.moveIn(provider.model().owner());
            screen.blank();
            screen.fact("cloud", cloud.url() + ", zones a b c (process " + cloud.pid() + ")");
            screen.fact(
                    "machines",
                    directories
                            ? "real SSH; scripts run in a directory of each machine (more as root on Linux)"
                            : "real SSH; each has a root file system, processes and a host name of its own");
            screen.fact("state", stateDirectory.toString());
            screen.fact("neighbours", join(neighbours.ids()) + ": not ours, must not be touched");

            Instance controller = bootstrap(provider);
            List<Instance> workers = launch(provider);
            distribute(provider, controller, workers);
            destroy(provider, neighbours);
        }
    }

    private Instance bootstrap(DefaultZonedProvider provider) throws Exception {
        screen.step(1, "Bootstrap a controller (zone a is full today)");
        fault("PUT", "no-capacity/a");
        int port = freePort();
        BootstrapResult result = provider.bootstrapEnv(BootstrapParams.on(UBUNTU)
                .arch(Neighbours.hostArch())
                .within(Duration.ofMinutes(1))
                // MACHINE_ROOT is empty on a machine that has a root file system of its own.
                .cloudConfig(config -> config.shell("echo \"I am $(cat \"$MACHINE_ROOT/etc/hostname\"),"
                                + " $(ls -d /proc/[0-9]* | wc -l) processes run here, and this one has number $$\"")
                        .shell("echo 'Welcome to the controller.' > \"$HOME/welcome\"")
                        .shell("echo \"$HOME/welcome says: $(cat \"$HOME/welcome\")\""))
                .agent(Agent.from(AgentBinaries.directory(controllerDirectory()))
                        .command(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:-UsePerfData",
                                "-jar",
                                CONTROLLER,
                                Integer.toString(port))
                        .ready(Readiness.http(port, "/"))));
        fault("DELETE", "no-capacity/a");
        // The machines of this cloud share the network of their host.
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        screen.done(HttpClient.newHttpClient()
                .send(question, BodyHandlers.ofString())
                .body());
        return result.instance();
    }

    /** Puts the controller where agents are kept; it is a class of this program. */
    private Path controllerDirectory() throws IOException {
        Path directory = Files.createDirectories(stateDirectory.resolveSibling("agents"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Controller.class.getName());
        String entry = Controller.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(directory.resolve(CONTROLLER)), manifest);
                InputStream code = Objects.requireNonNull(Demo.class.getResourceAsStream("/" + entry), entry)) {
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
        }
        return directory;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private List<Instance> launch(DefaultZonedProvider provider) throws Exception {
        screen.step(2, "Launch " + MORE_MACHINES + " more, each where there are fewest");
        screen.plan(provider.zonePlan().place(MORE_MACHINES));
        screen.blank();
        LaunchResult result =
                provider.launch(MORE_MACHINES, LaunchParams.on(UBUNTU).arch(Neighbours.hostArch()));
        screen.blank();
        for (AvailabilityZoneInstances zone : provider.availabilityZoneAllocations(ids(provider.instances()))) {
            screen.bar(zone.zoneName(), zone.count(), join(zone.instances()));
        }
        if (result.missing() > 0) {
            throw new FootholdException(result.missing() + " machines could not be started: " + result.refusals());
        }
        return result.started();
    }

    private void distribute(DefaultZonedProvider provider, Instance controller, List<Instance> workers)
            throws Exception {
        screen.step(3, "Choose machines for the next member of a group");
        List<InstanceId> group = List.of(controller.id(), workers.get(0).id());
        List<InstanceId> candidates = new ArrayList<>(ids(workers));
        candidates.removeAll(group);
        screen.fact("group", describe(provider, group));
        screen.fact("candidates", describe(provider, candidates));
        List<InstanceId> chosen =
                provider.distributeInstances(DistributionRequest.of(candidates).withGroup(group));
        screen.done(describe(provider, chosen) + ": in the zones where the group has fewest");
    }

    private void destroy(DefaultZonedProvider provider, Neighbours neighbours) throws Exception {
        screen.step(4, "Destroy the model");
        DestroyReceipt receipt = provider.destroyEnv();
        screen.blank();
        screen.done(receipt.describe());
        List<InstanceId> left = neighbours.everybody();
        screen.fact("in the cloud", join(left));
        if (!left.equals(neighbours.ids())) {
            throw new FootholdException(
                    "the cloud should hold the neighbours " + join(neighbours.ids()) + " and nobody else");
        }
        screen.done("nothing of ours left; the neighbours are untouched");
    }

    /** Switches a fault of the simulated cloud on or off. */
    private void fault(String method, String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(cloud.url().resolve("/v1/faults/" + name))
                .header("Authorization", "Bearer " + cloud.token())
                .method(method, BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("the cloud refused the fault " + name + ": " + response.body());
        }
    }

    private static String describe(DefaultZonedProvider provider, List<InstanceId> ids) throws InterruptedException {
        Map<InstanceId, String> zones = provider.instances().stream()
                .collect(Collectors.toMap(
                        Instance::id, instance -> instance.zone().orElse("?")));
        return ids.stream().map(id -> id + " (" + zones.get(id) + ")").collect(Collectors.joining(", "));
    }

    private static List<InstanceId> ids(List<Instance> instances) {
        return instances.stream().map(Instance::id).toList();
    }

    private static String join(List<InstanceId> ids) {
        return ids.isEmpty() ? "nothing" : ids.stream().map(InstanceId::value).collect(Collectors.joining(" "));
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
