package dev.foothold.testkit;

import dev.foothold.environ.Environ;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.simulator.Machines;
import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.simulator.SimulatedCloudBuilder;
import dev.foothold.simulator.http.CloudServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a small cloud, whose machines answer SSH and run a shell, and removes it with all its machines afterwards. In
 * a static field there is one for all tests of the class, otherwise each test has its own:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SimulatedMachines machines = SimulatedMachines.inZones("a", "b");
 *
 * @Test
 * void itBoots(SimulatedCloud cloud) { … }
 * }</pre>
 *
 * <p>The cloud is used directly, also as a parameter of tests, or over HTTP in this JVM at {@link #url()}. Thread-safe.
 */
public final class SimulatedMachines
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private final UnaryOperator<SimulatedCloudBuilder> settings;
    private final String token = UUID.randomUUID().toString();
    private @Nullable SimulatedCloud cloud;
    private @Nullable CloudServer server;
    private boolean shared;

    private SimulatedMachines(UnaryOperator<SimulatedCloudBuilder> settings) {
        this.settings = settings;
    }

    /**
     * Describes a cloud with machines.
     *
     * @param names its zones, at least one
     * @return the extension
     */
    public static SimulatedMachines inZones(String... names) {
        return of(builder -> builder.zones(names));
    }

    /**
     * Describes a cloud that keeps an inventory only, without machines behind it, which is faster.
     *
     * @param names its zones, at least one
     * @return the extension
     */
    public static SimulatedMachines inventoryOnly(String... names) {
        return of(builder -> builder.zones(names).machines(Machines.INVENTORY_ONLY));
    }

    /**
     * Describes any cloud.
     *
     * @param settings changes what a cloud is by default
     * @return the extension
     */
    public static SimulatedMachines of(UnaryOperator<SimulatedCloudBuilder> settings) {
        return new SimulatedMachines(settings);
    }

    /**
     * Puts machines behind an environ without zones; see {@link #behind(ZonedEnviron, SimulatedCloud)}.
     *
     * @param environ the environ
     * @param cloud where the machines are
     * @return the environ with machines
     */
    public static Environ behind(Environ environ, SimulatedCloud cloud) {
        return MachinesBehind.behind(environ, Environ.class, cloud);
    }

    /**
     * Puts machines behind an environ whose own are in memory only, so that a bootstrap goes all the way: each instance it
     * starts has a machine of the simulated cloud behind it, which is given the same user data and answers SSH. Instances
     * are listed with the addresses of their machines; all else is as the environ says, and it can do what it could.
     * Machines end with their instances, and all of them with the cloud.
     *
     * <pre>{@code
     * try (SimulatedCloud cloud = SimulatedCloud.builder().open();
     *         DefaultProvider provider =
     *                 new DefaultZonedProvider(SimulatedMachines.behind(environ, cloud), model, foothold)) { … }
     * }</pre>
     *
     * @param environ the environ
     * @param cloud where the machines are
     * @return the environ with machines
     */
    public static ZonedEnviron behind(ZonedEnviron environ, SimulatedCloud cloud) {
        return MachinesBehind.behind(environ, ZonedEnviron.class, cloud);
    }

    /**
     * Gives the cloud.
     *
     * @return the cloud of the test, or of the class, that is under way
     * @throws IllegalStateException if no test is under way
     */
    public synchronized SimulatedCloud cloud() {
        if (cloud == null) {
            throw new IllegalStateException(
                    "there is no simulated cloud: no test is under way, or the field has no @RegisterExtension");
        }
        return cloud;
    }

    /**
     * Gives the root of the cloud's HTTP API; it is served from the first time on that this is asked.
     *
     * @return for example {@code http://127.0.0.1:40123/}
     * @throws IllegalStateException if no test is under way
     * @throws UncheckedIOException if it cannot be served
     */
    public synchronized URI url() {
        CloudServer serving = server;
        if (serving == null) {
            // Without it every answer on a kept connection waits for the client's acknowledgement.
            System.setProperty("sun.net.httpserver.nodelay", "true");
            try {
                serving = CloudServer.start(cloud(), token, () -> {});
            } catch (IOException e) {
                throw new UncheckedIOException("the simulated cloud cannot be served over HTTP", e);
            }
            server = serving;
        }
        return serving.url();
    }

    /**
     * Gives what the HTTP API wants as a bearer token.
     *
     * @return the token
     */
    public String token() {
        return token;
    }

    private synchronized void open() {
        cloud = settings.apply(SimulatedCloud.builder()).open();
    }

    private synchronized void close() {
        try {
            if (server != null) {
                server.close();
            }
        } finally {
            if (cloud != null) {
                cloud.close();
            }
            server = null;
            cloud = null;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (!shared) {
            shared = true;
            open();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        // Nested classes are within.
        if (context.getParent().flatMap(ExtensionContext::getTestClass).isEmpty()) {
            shared = false;
            close();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!shared) {
            open();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!shared) {
            close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SimulatedCloud.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cloud();
    }
}
