package dev.foothold.simulator.http;

import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.simulator.SimulatedCloudBuilder;
import dev.foothold.simulator.machine.Isolation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Runs a cloud from the command line until it is told to stop. */
public final class Main {
    private static final String USAGE =
            "usage: serve --dir DIRECTORY [--zones a,b,c] [--latency 5ms] [--provisioning-delay 100ms]"
                    + " [--boot-delay 300ms] [--until-stdin-closes]";
    private static final int BAD_USAGE = 2;

    private final SimulatedCloudBuilder cloud = SimulatedCloud.builder();
    private @Nullable Path directory;
    private boolean untilStdinCloses;

    private Main() {}

    /**
     * Serves a cloud: writes {@code cloud.json} into the directory when ready, prints one line, and deletes the file
     * when a signal, a client or the end of the standard input stops it.
     *
     * @param arguments {@code serve} and its options, as {@code --help} lists them
     * @throws IOException if the directory or a port cannot be used, or a live cloud uses the directory already
     * @throws InterruptedException if interrupted
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Main main = new Main();
        try {
            main.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(BAD_USAGE);
        }
        // Without it every answer on a kept connection waits for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            main.serve();
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void parse(List<String> arguments) {
        Iterator<String> words = arguments.iterator();
        if (!words.hasNext() || !words.next().equals("serve")) {
            throw new IllegalArgumentException("The command is not 'serve'.");
        }
        while (words.hasNext()) {
            String option = words.next();
            if (option.equals("--until-stdin-closes")) {
                untilStdinCloses = true;
                continue;
            }
            if (!words.hasNext()) {
                throw new IllegalArgumentException("Option " + option + " has no value, or is not one.");
            }
            String value = words.next();
            switch (option) {
                case "--dir" -> directory = Path.of(value);
                case "--zones" -> cloud.zones(value.split(","));
                case "--latency" -> cloud.latency(duration(option, value));
                case "--provisioning-delay" -> cloud.provisioningDelay(duration(option, value));
                case "--boot-delay" -> cloud.bootDelay(duration(option, value));
                case "--isolation" -> cloud.isolation(isolation(option, value));
                default -> throw new IllegalArgumentException("There is no option " + option + ".");
            }
        }
        if (directory == null) {
            throw new IllegalArgumentException("Option --dir is missing.");
        }
    }

    private static Isolation isolation(String option, String value) {
        return switch (value) {
            case "private-root" -> Isolation.PRIVATE_ROOT;
            case "directory" -> Isolation.DIRECTORY;
            default ->
                throw new IllegalArgumentException(
                        "Option " + option + " takes private-root or directory, not '" + value + "'.");
        };
    }

    private static Duration duration(String option, String value) {
        try {
            if (value.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
            }
            if (value.endsWith("s")) {
                return Duration.ofSeconds(Long.parseLong(value.substring(0, value.length() - 1)));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(
                "Option " + option + " takes a time such as 5ms or 2s, not '" + value + "'.");
    }

    private void serve() throws IOException, InterruptedException {
        Path home = Files.createDirectories(directory);
        CountDownLatch end = new CountDownLatch(1);
        SimulatedCloud opened = cloud.open();
        String token = HexFormat.of().formatHex(SecureRandom.getSeed(16));
        CloudServer server = CloudServer.start(opened, token, end::countDown);
        CloudFile file = new CloudFile(
                server.url(),
                token,
                ProcessHandle.current().pid(),
                opened.isolation().orElse(null));
        file.write(home);
        // The one place in which everything ends, whether by a signal, by a request or by the standard input.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(home, file, server, opened)));
        System.out.println("A simulated cloud serves at " + server.url() + "; " + home.resolve("cloud.json")
                + " says how to use it.");
        if (untilStdinCloses) {
            watch(end);
        }
        end.await();
        System.exit(0);
    }

    private static void watch(CountDownLatch end) {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // As good as its end.
                    }
                    end.countDown();
                },
                "simulator-stdin");
        watch.setDaemon(true);
        watch.start();
    }

    private static void close(Path home, CloudFile file, CloudServer server, SimulatedCloud cloud) {
        try {
            server.close();
            cloud.close();
            file.delete(home);
        } catch (IOException | RuntimeException e) {
            System.err.println("The cloud did not end as it should: " + e.getMessage());
        }
    }
}
