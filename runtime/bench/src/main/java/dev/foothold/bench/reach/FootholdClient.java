package dev.foothold.bench.reach;

import dev.foothold.bootstrap.WaitOptions;
import dev.foothold.bootstrap.WaitSsh;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.EventSink;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.ssh.SshSession;
import dev.foothold.time.Scope;
import dev.foothold.time.Timeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Reaches machines with Foothold. */
final class FootholdClient implements Answers.Client {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final SshConnector connector = new SshjConnector();
    private final List<SshOptions> options = new ArrayList<>();
    private final OperationContext context =
            OperationContext.create("bench", ModelSettings.create("bench"), Timeline.real(), EventSink.none());

    private FootholdClient(Place place) throws IOException {
        SshOptions login = SshOptions.defaults().withUser(Place.USER).withIdentity(SshKeyPair.read(place.key()));
        for (String line : Files.readAllLines(place.knownHosts())) {
            options.add(login.trusting(List.of(SshPublicKey.parse(line.replaceFirst("^\\S+ ", "")))));
        }
    }

    /**
     * Serves {@link Worker}.
     *
     * @param args the directory of the {@link Place}
     */
    public static void main(String[] args) throws IOException {
        Answers.serve(new FootholdClient(new Place(Path.of(args[0]))));
    }

    @Override
    public void reach(int machine) throws InterruptedException {
        MachineAddress address = address(Place.host(machine), Place.PORT);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (SshSession session = connector.connect(address, options.get(machine))) {
            session.run(SshCommand.of(Place.SCRIPT), (stream, bytes, length) -> said.write(bytes, 0, length), PATIENCE);
        }
        if (!said.toString(StandardCharsets.UTF_8).equals(Place.MARK + "\n")) {
            throw new IllegalStateException(address + " said " + said);
        }
    }

    @Override
    public void reachAll(int machines, int atATime) throws Exception {
        AtomicInteger next = new AtomicInteger();
        try (Scope scope = Timeline.real().open("all", PATIENCE)) {
            for (int i = 0; i < Math.min(atATime, machines); i++) {
                scope.fork("some", () -> {
                    for (int machine = next.getAndIncrement(); machine < machines; machine = next.getAndIncrement()) {
                        reach(machine);
                    }
                    return null;
                });
            }
            scope.awaitAll();
        }
    }

    @Override
    public void await(String... addresses) throws InterruptedException {
        Instance instance = Instance.of("i-1", InstanceStatus.RUNNING)
                .at(Arrays.stream(addresses)
                        .map(address -> address.split(":"))
                        .map(parts -> address(parts[0], Integer.parseInt(parts[1])))
                        .toList());
        // A machine is known by the same key under all its addresses.
        new WaitSsh(connector)
                .await(
                        instance,
                        () -> instance,
                        HostSshOptions.always(options.get(0)),
                        Fleet.nonceScript(),
                        WaitOptions.defaults().within(PATIENCE),
                        context)
                .close();
    }

    private static MachineAddress address(String host, int port) {
        return new MachineAddress(host, AddressScope.PUBLIC, port);
    }
}
