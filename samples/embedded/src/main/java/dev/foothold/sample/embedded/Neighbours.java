package dev.foothold.sample.embedded;

import dev.foothold.constraints.Constraints;
import dev.foothold.environ.Environ;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.machine.UserData;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Fills a cloud with machines that are not ours, although some look like it, and finds them again. */
final class Neighbours {

    private final Environ environ;
    private final List<InstanceId> started = new ArrayList<>();

    Neighbours(Environ environ) {
        this.environ = environ;
    }

    /** Starts a machine of another owner, one of another model of the same controller, and one with half of our tags. */
    void moveIn(Owner us) throws Exception {
        start("stranger", new Owner(UUID.randomUUID(), UUID.randomUUID()).tags());
        start("sister-model", new Owner(UUID.randomUUID(), us.controllerUuid()).tags());
        start("half-tagged", Tags.of(Owner.MODEL_UUID, us.modelUuid().toString()));
    }

    private void start(String name, Tags tags) throws Exception {
        List<ImageMetadata> images = environ.images(Base.parse("ubuntu@24.04"), hostArch());
        List<InstanceType> types = environ.instanceTypes(Constraints.none());
        StartInstanceParams params = new StartInstanceParams(
                new Owner(UUID.randomUUID(), UUID.randomUUID()),
                name,
                IdempotencyToken.derive(name),
                UserData.of("#cloud-config\n{}\n"),
                tags,
                "c",
                images.get(0),
                types.get(0));
        started.add(environ.startInstance(params).id());
    }

    static Arch hostArch() {
        return System.getProperty("os.arch").equals("aarch64") ? Arch.ARM64 : Arch.AMD64;
    }

    /** Gives the machines that moved in. */
    List<InstanceId> ids() {
        return started.stream().sorted().toList();
    }

    /** Lists every machine in the cloud, whoever owns it. */
    List<InstanceId> everybody() throws Exception {
        return environ.allInstances(Tags.none()).stream()
                .map(Instance::id)
                .sorted(Comparator.naturalOrder())
                .toList();
    }
}
