package dev.foothold.bootstrap;

import dev.foothold.config.Secret;
import dev.foothold.machine.AgentBinaries;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes the agent that a machine is to run: which build, how it is started, and when it is ready. Immutable; every
 * method gives a changed copy.
 *
 * <pre>{@code
 * Agent.from(AgentBinaries.directory(path))
 *         .command("bin/acme", "--listen", "17070")
 *         .environment("ACME_TOKEN", Secret.of(token))
 *         .ready(Readiness.http(17070, "/health"))
 * }</pre>
 *
 * <p>On the machine everything is below {@code agents/NAME} in the data directory: the build, the log that the agent
 * writes to, and {@code record}, which says what was delivered. It runs as root, as the systemd service {@code
 * foothold-NAME} where systemd runs; otherwise a small supervisor starts it again whenever it ends, after a pause that
 * grows from 1 s to a minute, but not after the machine has rebooted. Delivering the same again changes nothing; another
 * build, or the same with another command or environment, replaces what was there.
 */
public final class Agent {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final AgentBinaries binaries;
    private final @Nullable String version;
    private final List<String> command;
    private final Map<String, Object> environment;
    private final Readiness readiness;

    private Agent(
            AgentBinaries binaries,
            @Nullable String version,
            List<String> command,
            Map<String, Object> environment,
            Readiness readiness) {
        this.binaries = binaries;
        this.version = version;
        this.command = command;
        this.environment = environment;
        this.readiness = readiness;
    }

    /**
     * Starts a description.
     *
     * @param binaries the builds to choose from
     * @return the newest build that fits the machine; started without arguments, and ready when it has run for 2 s
     */
    public static Agent from(AgentBinaries binaries) {
        return new Agent(
                Objects.requireNonNull(binaries, "binaries"),
                null,
                List.of(),
                Map.of(),
                Readiness.running(Duration.ofSeconds(2)));
    }

    /**
     * Chooses a version.
     *
     * @param exact the only version to take
     * @return the changed copy
     */
    public Agent version(String exact) {
        return new Agent(binaries, Objects.requireNonNull(exact, "exact"), command, environment, readiness);
    }

    /**
     * Says how the agent is started, in the directory that the build was unpacked to. By default it is {@code bin/NAME} or
     * {@code NAME} there, or the file itself if it is no archive.
     *
     * @param words the command and its arguments. The command is a path, absolute or relative to the directory, a file in
     *     the directory, or a program of the machine
     * @return the changed copy
     * @throws IllegalArgumentException if there is no command
     */
    public Agent command(String... words) {
        if (words.length == 0 || words[0].isBlank()) {
            throw new IllegalArgumentException("the command that starts an agent must name a program");
        }
        return new Agent(binaries, version, List.of(words), environment, readiness);
    }

    /**
     * Sets an environment variable of the agent.
     *
     * @param name letters, digits and underscores, no digit first
     * @param value any text
     * @return the changed copy
     * @throws IllegalArgumentException if the name is not allowed
     */
    public Agent environment(String name, String value) {
        return with(name, value);
    }

    /**
     * Sets an environment variable of the agent to something that must not be shown. On the machine only root can read it.
     *
     * @param name letters, digits and underscores, no digit first
     * @param value any text
     * @return the changed copy
     * @throws IllegalArgumentException if the name is not allowed
     */
    public Agent environment(String name, Secret value) {
        return with(name, value);
    }

    private Agent with(String name, Object value) {
        if (!VARIABLE.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" cannot be the name of an environment variable; use"
                    + " letters, digits and underscores, no digit first");
        }
        Map<String, Object> more = new LinkedHashMap<>(environment);
        more.put(name, Objects.requireNonNull(value, "value"));
        return new Agent(binaries, version, command, Collections.unmodifiableMap(more), readiness);
    }

    /**
     * Says by what the agent is known to be ready.
     *
     * @param check how to find out, and how long it may take
     * @return the changed copy
     */
    public Agent ready(Readiness check) {
        return new Agent(binaries, version, command, environment, Objects.requireNonNull(check, "check"));
    }

    AgentBinaries binaries() {
        return binaries;
    }

    @Nullable
    String version() {
        return version;
    }

    List<String> command() {
        return command;
    }

    /** Gives the variables with their values in plain text. */
    Map<String, String> environment() {
        Map<String, String> plain = new LinkedHashMap<>();
        environment.forEach(
                (name, value) -> plain.put(name, value instanceof Secret secret ? secret.reveal() : value.toString()));
        return plain;
    }

    Readiness readiness() {
        return readiness;
    }

    Collection<Secret> secrets() {
        return environment.values().stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .toList();
    }

    /**
     * Shows everything but the values of secret variables.
     *
     * @return for people and logs
     */
    @Override
    public String toString() {
        return "Agent[" + binaries.list().size() + " binaries"
                + (version == null ? "" : ", version " + version) + ", command " + command + ", environment "
                + environment + ", " + readiness + "]";
    }
}
