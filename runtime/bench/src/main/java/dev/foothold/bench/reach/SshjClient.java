package dev.foothold.bench.reach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/** Reaches machines with sshj as it comes; what can be made once is. */
final class SshjClient implements Answers.Client {

    private final DefaultConfig config = new DefaultConfig();
    private final OpenSSHKnownHosts knownHosts;
    private final KeyProvider key;

    private SshjClient(Place place) throws IOException {
        this.knownHosts = new OpenSSHKnownHosts(place.knownHosts().toFile());
        try (SSHClient client = new SSHClient(config)) {
            this.key = client.loadKeys(place.key().toString());
        }
        key.getPrivate();
    }

    /**
     * Serves {@link Worker}.
     *
     * @param args the directory of the {@link Place}
     */
    public static void main(String[] args) throws IOException {
        Answers.serve(new SshjClient(new Place(Path.of(args[0]))));
    }

    @Override
    public void reach(int machine) throws IOException {
        try (SSHClient client = new SSHClient(config)) {
            client.addHostKeyVerifier(knownHosts);
            client.connect(Place.host(machine), Place.PORT);
            client.authPublickey(Place.USER, key);
            try (Session session = client.startSession();
                    Session.Command command = session.exec(Place.SCRIPT)) {
                String said = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                command.join();
                if (!said.equals(Place.MARK + "\n")) {
                    throw new IllegalStateException(Place.host(machine) + " said " + said);
                }
            }
        }
    }

    @Override
    public void reachAll(int machines, int atATime) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(atATime);
        try {
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < machines; i++) {
                all.add(pool.submit(() -> {
                    reach(next.getAndIncrement());
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
