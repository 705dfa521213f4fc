package dev.foothold.simulator.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foothold.simulator.machine.Isolation;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.server.SshServer;
import org.slf4j.Logger;
import org.yaml.snakeyaml.Yaml;

/**
 * Starts a cloud as a process of its own, so that its machines outlive clients that are killed. It ignores the
 * interrupt key of the terminal it was started from.
 */
public final class CloudProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(60);
    private static final String LOG = "cloud.log";

    private final Process process;
    private final Path directory;
    private final CloudFile file;

    private CloudProcess(Process process, Path directory, CloudFile file) {
        this.process = process;
        this.directory = directory;
        this.file = file;
    }

    /**
     * Starts a cloud and waits until it serves.
     *
     * @param directory where its {@code cloud.json} goes, and its {@code cloud.log} while it runs; made if it is not
     *     there
     * @param options further options of {@link Main}'s {@code serve}. With {@code --until-stdin-closes} the cloud ends
     *     when this JVM does, for whatever reason.
     * @return the process, to be closed by the caller
     * @throws IOException if it does not serve within half a minute; the message holds what it printed
     * @throws InterruptedException if interrupted; the process is killed
     */
    public static CloudProcess start(Path directory, String... options) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path log = directory.resolve(LOG);
        // A JVM that starts with an ignored interrupt signal keeps ignoring it.
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx256m", "-cp", classPath()));
        command.addAll(List.of(Main.class.getName(), "serve", "--dir", directory.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean started = false;
        try {
            CloudFile file = await(process, directory, log);
            started = true;
            return new CloudProcess(process, directory, file);
        } finally {
            if (!started) {
                process.destroyForcibly();
            }
        }
    }

    private static CloudFile await(Process process, Path directory, Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            boolean ended = process.waitFor(5, TimeUnit.MILLISECONDS);
            try {
                CloudFile file = CloudFile.read(directory);
                if (file.pid() == process.pid()) {
                    return file;
                }
            } catch (NoSuchFileException e) {
                // not yet
            }
            if (ended) {
                throw new IOException("The cloud in " + directory + " ended with status " + process.exitValue()
                        + " before it served: " + Files.readString(log).strip());
            }
        }
        throw new IOException("The cloud in " + directory + " did not serve within " + START + ": "
                + Files.readString(log).strip());
    }

    /** The class path of the child: where this JVM, or one of its class loaders, has each library from. */
    private static String classPath() throws IOException {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> type : List.of(
                Main.class,
                SshServer.class,
                SshConstants.class,
                Logger.class,
                Yaml.class,
                ObjectMapper.class,
                JsonFactory.class,
                JsonProperty.class)) {
            places.add(place(type));
        }
        try {
            places.add(place(
                    Class.forName("org.slf4j.nop.NOPServiceProvider", false, CloudProcess.class.getClassLoader())));
        } catch (ClassNotFoundException e) {
            // Then the SSH server's library says in the log that it has nowhere to log to.
        }
        return String.join(File.pathSeparator, places);
    }

    private static String place(Class<?> type) throws IOException {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IOException("cannot tell which jar " + type.getName() + " is from");
        }
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException(type.getName() + " is not from a file but from " + source.getLocation(), e);
        }
    }

    /**
     * Says where the cloud serves.
     *
     * @return for example {@code http://127.0.0.1:40123}
     */
    public URI url() {
        return file.url();
    }

    /**
     * Gives what every request must carry.
     *
     * @return the token; secret
     */
    public String token() {
        return file.token();
    }

    /**
     * Tells how far the scripts of its machines are kept away from this host.
     *
     * @return empty if it can make no machines here
     */
    public Optional<Isolation> isolation() {
        return Optional.ofNullable(file.isolation());
    }

    /**
     * Names the process.
     *
     * @return its id on this host
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Stops the cloud and waits until it and its machines are gone; kills it if it takes more than a minute.
     *
     * @throws IllegalStateException if it had to be killed
     */
    @Override
    public void close() {
        process.destroy();
        boolean ended = false;
        boolean interrupted = false;
        long deadline = System.nanoTime() + END.toNanos();
        while (!ended && System.nanoTime() < deadline) {
            try {
                ended = process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            process.destroyForcibly();
            throw new IllegalStateException("The cloud in " + directory + " did not stop within " + END
                    + " and was killed; its log is " + directory.resolve(LOG) + ".");
        }
        try {
            Files.deleteIfExists(directory.resolve(LOG));
        } catch (IOException e) {
            throw new IllegalStateException("The log of the cloud in " + directory + " cannot be deleted.", e);
        }
    }

    @Override
    public String toString() {
        return "CloudProcess[" + file.url() + ", pid=" + pid() + "]";
    }
}
