package dev.foothold.bench.reach;

import com.google.common.base.Predicates;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.eventbus.AllowConcurrentEvents;
import com.google.common.eventbus.Subscribe;
import com.google.common.net.HostAndPort;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jclouds.ContextBuilder;
import org.jclouds.apis.ApiMetadata;
import org.jclouds.byon.BYONApiMetadata;
import org.jclouds.byon.Node;
import org.jclouds.byon.config.BYONComputeServiceContextModule;
import org.jclouds.byon.config.CacheNodeStoreModule;
import org.jclouds.compute.ComputeServiceContext;
import org.jclouds.compute.domain.ExecResponse;
import org.jclouds.compute.events.StatementOnNodeCompletion;
import org.jclouds.compute.options.RunScriptOptions;
import org.jclouds.concurrent.config.ExecutorServiceModule;
import org.jclouds.domain.LoginCredentials;
import org.jclouds.ssh.SshClient;
import org.jclouds.sshj.config.SshjSshClientModule;

/** Reaches machines with jclouds, which does not ask who they are: it knows no host keys. What can be made once is. */
final class JcloudsClient implements Answers.Client {

    private final LoginCredentials login;
    private final String proof;
    /** By the number of machines they know. */
    private final Map<Integer, ComputeServiceContext> contexts = new HashMap<>();
    /** How many machines have run the script. */
    private final AtomicInteger done = new AtomicInteger();

    private JcloudsClient(String key, String proof) {
        this.login = LoginCredentials.builder().user(Place.USER).privateKey(key).build();
        this.proof = proof;
    }

    /**
     * Serves {@link Worker}.
     *
     * @param args the file of an RSA key in PKCS #1, and the script that asks a machine for its proof
     */
    public static void main(String[] args) throws IOException {
        Answers.serve(new JcloudsClient(Files.readString(Path.of(args[0])), args[1]));
    }

    @Override
    public void reach(int machine) {
        ExecResponse response = run(HostAndPort.fromParts(Place.host(machine), Place.PORT), Place.SCRIPT);
        if (!isMark(response)) {
            throw new IllegalStateException(Place.host(machine) + " said " + response);
        }
    }

    @Override
    public void reachAll(int machines, int atATime) throws Exception {
        done.set(0);
        Map<?, ExecResponse> responses = context(machines, atATime)
                .getComputeService()
                .runScriptOnNodesMatching(
                        Predicates.alwaysTrue(),
                        Place.SCRIPT,
                        RunScriptOptions.Builder.wrapInInitScript(false).runAsRoot(false));
        if (done.get() != machines) {
            throw new IllegalStateException(done + " of " + machines + " machines have done it: " + responses);
        }
    }

    /** Counts for itself: what jclouds returns may lack some, as its threads put them into a map without a lock. */
    @Subscribe
    @AllowConcurrentEvents
    public void completed(StatementOnNodeCompletion event) {
        if (isMark(event.getResponse())) {
            done.incrementAndGet();
        }
    }

    /** Waits as its connector does by itself: it tries five times, with growing pauses. */
    @Override
    public void await(String... addresses) {
        if (addresses.length != 1) {
            throw new UnsupportedOperationException("cannot wait for one of several addresses");
        }
        ExecResponse response = run(HostAndPort.fromString(addresses[0]), proof);
        if (response.getExitStatus() != 0) {
            throw new IllegalStateException(addresses[0] + " said " + response);
        }
    }

    private ExecResponse run(HostAndPort address, String script) {
        SshClient ssh = context(1, 1).utils().sshFactory().create(address, login);
        try {
            ssh.connect();
            return ssh.exec(script);
        } finally {
            ssh.disconnect();
        }
    }

    private static boolean isMark(ExecResponse response) {
        // Its commands get a terminal, which ends lines in its own way.
        return response.getOutput().strip().equals(Place.MARK);
    }

    private ComputeServiceContext context(int machines, int atATime) {
        return contexts.computeIfAbsent(machines, missing -> create(machines, atATime));
    }

    private ComputeServiceContext create(int machines, int atATime) {
        ImmutableMap.Builder<String, Node> nodes = ImmutableMap.builder();
        for (int machine = 0; machine < machines; machine++) {
            String host = Place.host(machine);
            nodes.put(
                    host,
                    Node.builder()
                            .id(host)
                            .name(host)
                            .hostname(host)
                            .loginPort(Place.PORT)
                            .osFamily("debian")
                            .osDescription("Debian")
                            .username(login.getUser())
                            .credential(login.getOptionalPrivateKey().get())
                            .build());
        }
        // As it comes, it would read the nodes from a file.
        ApiMetadata byon = new BYONApiMetadata()
                .toBuilder()
                        .defaultModule(BYONComputeServiceContextModule.class)
                        .build();
        ComputeServiceContext context = ContextBuilder.newBuilder(byon)
                .endpoint("here")
                .modules(ImmutableSet.of(
                        new CacheNodeStoreModule(nodes.build()),
                        new SshjSshClientModule(),
                        new ExecutorServiceModule(MoreExecutors.listeningDecorator(pool(atATime)))))
                .build(ComputeServiceContext.class);
        context.utils().eventBus().register(this);
        return context;
    }

    /**
     * Makes a pool for jclouds, which by itself goes from machine to machine. Its tasks wait for tasks that they give to
     * the same pool; in one with a queue, all threads may come to wait for what is queued behind them. In this one
     * whoever finds no thread free does the task itself.
     */
    private static ExecutorService pool(int threads) {
        return new ThreadPoolExecutor(
                0,
                threads,
                1,
                TimeUnit.MINUTES,
                new SynchronousQueue<>(),
                new ThreadFactoryBuilder().setDaemon(true).build(),
                new ThreadPoolExecutor.CallerRunsPolicy());
    }
}
