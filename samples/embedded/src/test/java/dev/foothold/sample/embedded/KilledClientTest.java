package dev.foothold.sample.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bootstrap.AlreadyBootstrappedException;
import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.machine.Base;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.simulator.http.CloudProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client process is killed at random moments of a bootstrap, also while the cloud is starting its machine, and a new
 * client goes on; the cloud's own inventory says what there is. More moments: {@code -Dkill.moments=200}, others:
 * {@code -Dkill.seed=…}.
 */
class KilledClientTest {

    static final BootstrapParams PARAMS = BootstrapParams.on(Base.parse("ubuntu@24.04"))
            .arch(Neighbours.hostArch())
            .within(Duration.ofMinutes(1))
            .cloudConfig(config -> config.shell("sleep 0.2; echo ready"));

    private static final int MOMENTS =
            Integer.getInteger("kill.moments", Boolean.getBoolean("foothold.quick") ? 3 : 10);

    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static CloudProcess cloud;
    private static Set<String> neighbours;

    @BeforeAll
    static void startCloud() throws Exception {
        cloud = CloudProcess.start(
                shared.resolve("cloud"),
                "--zones",
                "a,b,c",
                "--latency",
                "40ms",
                "--boot-delay",
                "50ms",
                "--provisioning-delay",
                "50ms",
                "--until-stdin-closes");
        try (DefaultProvider neighbour =
                Foothold.at(shared.resolve("neighbour")).open("embedded", "prod", settings())) {
            neighbour.bootstrapEnv(PARAMS);
            neighbours = ids(neighbour.instances());
        }
    }

    @AfterAll
    static void stopCloud() {
        cloud.close();
    }

    private static Map<String, String> settings() {
        return Map.of(
                "endpoint",
                cloud.url().toString(),
                "token",
                cloud.token(),
                "data-directory",
                EmbeddedProviderTest.dataDirectory(cloud));
    }

    private static Set<String> ids(List<Instance> instances) {
        return instances.stream().map(instance -> instance.id().value()).collect(Collectors.toSet());
    }

    @Test
    @Tag("D-18")
    void whereverAClientIsKilledTheNextOneLeavesNothingOrOneMachine() throws Exception {
        long seed = Long.getLong("kill.seed", 1);
        Random random = new Random(seed);
        Map<String, Integer> moments = new TreeMap<>();
        Process next = client(0);
        try {
            for (int i = 0; i < MOMENTS; i++) {
                Process client = next;
                // It starts while this one lives its short life.
                next = i + 1 < MOMENTS ? client(i + 1) : client;
                moments.merge(killed(client, i, random), 1, Integer::sum);
                goOn(i, "moment " + i + " of seed " + seed);
            }
        } finally {
            next.destroyForcibly();
        }
        System.out.println("killed " + MOMENTS + " clients, last seen doing: " + moments);
    }

    private Process client(int number) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                KilledClient.class.getName(),
                directory.toString(),
                "prod-" + number,
                EmbeddedProviderTest.dataDirectory(cloud));
        builder.environment().put("EMBEDDED_ENDPOINT", cloud.url().toString());
        builder.environment().put("EMBEDDED_TOKEN", cloud.token());
        return builder.redirectErrorStream(true).start();
    }

    /** Kills a client some time after one of its events, and gives the last event it told. */
    private static String killed(Process client, int number, Random random) throws Exception {
        // Every third while the cloud is starting the machine.
        String awaited = number % 3 == 0
                ? "InstanceRequested"
                : List.of("OperationStarted", "InstanceStarted", "Connected", "ScriptStarted")
                        .get(random.nextInt(4));
        String last = "nothing";
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            String line = output.readLine();
            while (!"ready".equals(line)) {
                assertThat(line).as("a client that starts").isNotNull();
                line = output.readLine();
            }
            client.getOutputStream().write('\n');
            client.getOutputStream().flush();
            while (!awaited.equals(line) && line != null) {
                last = line;
                line = output.readLine();
            }
            Thread.sleep(random.nextInt(number % 3 == 0 ? 60 : 250));
            client.destroyForcibly();
            assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
            for (line = awaited; line != null; line = output.readLine()) {
                last = line;
            }
        }
        return last;
    }

    private void goOn(int number, String moment) throws Exception {
        Set<String> events = new ConcurrentSkipListSet<>();
        Foothold foothold = Foothold.at(directory)
                .withPulse(KilledClient.PULSE)
                .withEvents(event -> events.add(event.getClass().getSimpleName()));
        try (DefaultProvider provider = foothold.open("embedded", "prod-" + number, settings())) {
            boolean again = number % 2 == 0;
            if (again) {
                try {
                    provider.bootstrapEnv(PARAMS);
                } catch (AlreadyBootstrappedException e) {
                    // It was killed after it had finished.
                    assertThat(provider.status().unfinished()).isEmpty();
                }
                assertThat(controllers(provider)).as(moment).hasSize(1);
                assertThat(provider.status().unfinished()).isEmpty();
                assertThat(events).as(moment).doesNotContain(Event.HeartbeatWatched.class.getSimpleName());
            }
            provider.destroyEnv();
            assertThat(controllers(provider)).as(moment).isEmpty();
            assertThat(inventory(provider)).as("the neighbours after " + moment).containsAll(neighbours);
        }
    }

    private static Set<String> inventory(DefaultProvider provider) throws Exception {
        return ids(provider.environ().allInstances(Tags.none()));
    }

    private static Set<String> controllers(DefaultProvider provider) throws Exception {
        return ids(
                provider.environ().allInstances(provider.model().owner().tags().with(Owner.IS_CONTROLLER, "true")));
    }
}
