package dev.foothold.testkit;

import dev.foothold.constraints.Constraints;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers for the small cloud as the contract asks; without zones. */
class SmallEnviron implements Environ {

    final SmallCloud cloud;

    SmallEnviron(SmallCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public Instance startInstance(StartInstanceParams params) throws Exception {
        return instance(create(params, params.tags().asMap()));
    }

    final SmallCloud.Machine create(StartInstanceParams params, Map<String, String> tags) throws Exception {
        return cloud.create(
                params.token().text(),
                params.zone().orElse(""),
                params.instanceType() == null ? "" : params.instanceType().name(),
                params.image() == null ? "" : params.image().id(),
                params.userData().bytes(),
                tags);
    }

    @Override
    public void stopInstance(InstanceId id) throws Exception {
        try {
            cloud.delete(id.value());
        } catch (SmallCloud.Refusal e) {
            if (!e.code.equals("404")) {
                throw e;
            }
        }
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws Exception {
        return cloud.list(owner.asMap()).stream().map(this::instance).toList();
    }

    @Override
    public List<ImageMetadata> images(Base base, Arch arch) throws Exception {
        return base.equals(Base.parse("ubuntu@24.04")) && arch == Arch.AMD64
                ? List.of(ImageMetadata.of("ubuntu-24", base, arch))
                : List.of();
    }

    @Override
    public List<InstanceType> instanceTypes(Constraints constraints) throws Exception {
        return List.of(
                InstanceType.of("small", Arch.AMD64, 1, 1024),
                InstanceType.of("medium", Arch.AMD64, 2, 4096),
                InstanceType.of("large", Arch.AMD64, 4, 16384));
    }

    @Override
    public void prepareForBootstrap() throws Exception {
        cloud.ask();
    }

    @Override
    public Optional<CloudException> classify(Exception failure) {
        if (!(failure instanceof SmallCloud.Refusal refusal)) {
            return Optional.empty();
        }
        Kind kind = switch (refusal.code) {
            case "401" -> Kind.CREDENTIAL_INVALID;
            case "401-expired" -> Kind.CREDENTIAL_EXPIRED;
            case "403" -> Kind.NOT_AUTHORISED;
            case "429" -> Kind.THROTTLED;
            case "full" -> Kind.CAPACITY;
            case "limit" -> Kind.QUOTA;
            case "400" -> Kind.INVALID_REQUEST;
            case "404" -> Kind.NOT_FOUND;
            default -> Kind.OTHER;
        };
        return Optional.of(new CloudException(kind, refusal.getMessage(), refusal));
    }

    final Instance instance(SmallCloud.Machine machine) {
        InstanceType type;
        try {
            type = SmallEnviron.this.type(machine.type());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        int number = (int) (Long.parseLong(machine.id().substring(2), 16) % 250) + 1;
        Instance pending = Instance.of(machine.id(), InstanceStatus.PENDING)
                .in(machine.zone())
                .with(HardwareCharacteristics.of(type.arch(), type.cores(), type.memoryMib()))
                .tagged(Tags.of(machine.tags()))
                .launchedAt(machine.launched());
        return cloud.runs(machine) ? running(pending, "192.0.2." + number) : pending;
    }

    private static Instance running(Instance instance, String address) {
        return Instance.of(instance.id(), InstanceStatus.RUNNING)
                .in(instance.zoneName())
                .with(instance.hardware())
                .tagged(instance.tags())
                .launchedAt(instance.launchTime())
                .at(MachineAddress.of(address, AddressScope.PUBLIC));
    }

    private InstanceType type(String name) {
        return switch (name) {
            case "medium" -> InstanceType.of(name, Arch.AMD64, 2, 4096);
            case "large" -> InstanceType.of(name, Arch.AMD64, 4, 16384);
            default -> InstanceType.of(name, Arch.AMD64, 1, 1024);
        };
    }
}
