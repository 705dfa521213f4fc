package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.EventSink;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.internal.store.FileStateStore;
import dev.foothold.journal.OperationInProgressException;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.time.Timeline;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Bootstraps each model that it is told of, as fast as it can, against another process that does the same. */
final class Racer {

    private static final MachineAddress ADDRESS = MachineAddress.of("198.51.100.1", AddressScope.PUBLIC);

    private Racer() {}

    public static void main(String[] args) throws Exception {
        Bootstrap bootstrap = new Bootstrap(FileStateStore.open(Path.of(args[0])), (machine, context) -> ADDRESS);
        Path machines = Path.of(args[1]);
        System.out.println("ready");
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String model = input.readLine(); model != null; model = input.readLine()) {
                System.out.println(race(bootstrap, ModelSettings.create(model), machines));
            }
        }
    }

    private static String race(Bootstrap bootstrap, ModelSettings model, Path machines) throws InterruptedException {
        Cloud cloud = Cloud.guard(new Machines(machines), model, List.of(), Timeline.real(), EventSink.none());
        try {
            bootstrap.bootstrap(
                    cloud,
                    OperationContext.create("bootstrap", model, Timeline.real(), EventSink.none()),
                    BootstrapParams.on(Base.parse("ubuntu@24.04")));
            return "won";
        } catch (AlreadyBootstrappedException e) {
            return "lost: " + e.getMessage();
        } catch (OperationInProgressException e) {
            return "lost: " + e.getMessage();
        }
    }

    /** A cloud that both processes see: each machine is a file. */
    private record Machines(Path directory) implements Environ {

        @Override
        public Instance startInstance(StartInstanceParams params) throws Exception {
            Path file = Files.createTempFile(directory, params.displayName() + ".", "");
            return Instance.of(file.getFileName().toString(), InstanceStatus.RUNNING)
                    .tagged(params.tags());
        }

        @Override
        public void stopInstance(InstanceId id) throws Exception {
            Files.deleteIfExists(directory.resolve(id.value()));
        }

        @Override
        public List<Instance> allInstances(Tags owner) {
            return List.of();
        }
    }
}
