package dev.foothold.testing;

import dev.foothold.constraints.Constraints;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.simulator.Address;
import dev.foothold.simulator.CloudApiException;
import dev.foothold.simulator.CloudMachine;
import dev.foothold.simulator.RunRequest;
import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.simulator.machine.Isolation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Stands for a provider's author: an environ over a simulated cloud in the same JVM. */
public final class SimulatedEnviron implements ZonedEnviron {

    private final SimulatedCloud cloud;

    public SimulatedEnviron(SimulatedCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public Instance startInstance(StartInstanceParams params) throws InterruptedException {
        return instance(cloud.runInstance(RunRequest.of(
                        params.instanceType() == null
                                ? "small"
                                : params.instanceType().name(),
                        params.image() == null ? "ubuntu-24.04" : params.image().id())
                .in(params.zone().orElse(""))
                .withUserData(params.userData().text().getBytes(StandardCharsets.UTF_8))
                .tagged(params.tags().asMap())
                .withToken(params.token().text())));
    }

    @Override
    public void stopInstance(InstanceId id) throws InterruptedException {
        try {
            cloud.terminate(id.value());
        } catch (CloudApiException e) {
            if (!e.code().equals(CloudApiException.NOT_FOUND)) {
                throw e;
            }
        }
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws InterruptedException {
        return cloud.list(owner.asMap()).stream()
                .map(SimulatedEnviron::instance)
                .toList();
    }

    @Override
    public List<AvailabilityZone> availabilityZones() throws InterruptedException {
        return cloud.zones().stream()
                .map(zone -> new AvailabilityZone(zone.name(), zone.available()))
                .toList();
    }

    @Override
    public List<ImageMetadata> images(Base base, Arch arch) throws InterruptedException {
        return cloud.images().stream()
                .filter(image -> image.os().equals(base.os())
                        && image.version().equals(base.channel())
                        && image.arch().equals(arch.text()))
                .map(image -> ImageMetadata.of(image.id(), base, arch))
                .toList();
    }

    @Override
    public List<InstanceType> instanceTypes(Constraints constraints) throws InterruptedException {
        return cloud.offerings().stream()
                .map(type -> InstanceType.of(type.name(), Arch.parse(type.arch()), type.cores(), type.memMiB()))
                .toList();
    }

    @Override
    public String dataDirectory() {
        // Machines that are directories cannot write where others do.
        return cloud.isolation().equals(Optional.of(Isolation.DIRECTORY)) ? "var/lib/foothold" : DATA_DIRECTORY;
    }

    @Override
    public Optional<CloudException> classify(Exception failure) {
        if (!(failure instanceof CloudApiException refusal)) {
            return Optional.empty();
        }
        Kind kind = switch (refusal.code()) {
            case CloudApiException.INSUFFICIENT_CAPACITY -> Kind.CAPACITY;
            case CloudApiException.QUOTA_EXCEEDED -> Kind.QUOTA;
            case CloudApiException.THROTTLED -> Kind.THROTTLED;
            case CloudApiException.UNAUTHORIZED -> Kind.CREDENTIAL_INVALID;
            case CloudApiException.INVALID_PARAMETER -> Kind.INVALID_REQUEST;
            case CloudApiException.NOT_FOUND -> Kind.NOT_FOUND;
            default -> Kind.OTHER;
        };
        return Optional.of(new CloudException(kind, refusal.getMessage(), refusal).withRequestId(refusal.requestId()));
    }

    private static Instance instance(CloudMachine machine) {
        return Instance.of(machine.id(), status(machine))
                .saying(machine.message())
                .in(machine.zone())
                .at(machine.addresses().stream()
                        .map(address -> new MachineAddress(
                                address.value(),
                                address.scope() == Address.Scope.PUBLIC
                                        ? AddressScope.PUBLIC
                                        : AddressScope.CLOUD_LOCAL,
                                address.port()))
                        .toList())
                .with(HardwareCharacteristics.of(Arch.parse(machine.arch()), machine.cores(), machine.memMiB()))
                .tagged(Tags.of(machine.tags()))
                .launchedAt(machine.launchTime());
    }

    private static InstanceStatus status(CloudMachine machine) {
        return switch (machine.status()) {
            case PENDING -> InstanceStatus.PENDING;
            case RUNNING -> InstanceStatus.RUNNING;
            case STOPPING -> InstanceStatus.STOPPING;
            case FAILED -> InstanceStatus.PROVISIONING_ERROR;
        };
    }
}
