package ${package};

#if ($zoned == "true")
import dev.foothold.annotation.ZonedProvider;
#else
import dev.foothold.annotation.Provider;
#end
#if ($style == "full")
import dev.foothold.constraints.ConstraintName;
import dev.foothold.constraints.Constraints;
import dev.foothold.constraints.ConstraintsValidator;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.CredentialProbe;
#if ($zoned != "true")
import dev.foothold.environ.Environ;
#end
import dev.foothold.environ.HasResources;
import dev.foothold.environ.InstanceTagger;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
#elseif ($zoned != "true")
import dev.foothold.environ.Environ;
#end
import dev.foothold.environ.StartInstanceParams;
#if ($zoned == "true")
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
#end
#if ($style == "full")
import dev.foothold.instance.HardwareCharacteristics;
#end
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
#if ($style == "full")
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
#end
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
#if ($style == "full")
import java.util.LinkedHashMap;
#end
import java.util.List;
#if ($style == "full")
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
#end

/** Answers for the cloud: what Foothold asks, in terms of the cloud's API. */
#if ($zoned == "true")
@ZonedProvider("${providerName}")
#if ($style == "full")
public final class ${className}Environ implements ZonedEnviron, HasResources, InstanceTagger, CredentialProbe {
#else
public final class ${className}Environ implements ZonedEnviron {
#end
#else
@Provider("${providerName}")
#if ($style == "full")
public final class ${className}Environ implements Environ, HasResources, InstanceTagger, CredentialProbe {
#else
public final class ${className}Environ implements Environ {
#end
#end

    private final ${className}Client client;

    /**
     * Creates an environ; the cloud is not asked anything yet.
     *
     * @param config where the cloud is
     * @param credential who asks
     */
    public ${className}Environ(${className}Config config, ${className}Credential credential) {
        String token = credential.token().reveal();
        this.client = new InMemory${className}Client(config.endpoint(), token);
    }

    @Override
    public Instance startInstance(StartInstanceParams params) throws Exception {
        var machine = new ${className}Client.NewMachine(
                params.token().text(), // so that a call that is repeated starts nothing else
                params.displayName(),
#if ($zoned == "true")
                params.zone().orElseThrow(),
#end
#if ($style == "full")
                chosen(params.image(), "image").id(),
                chosen(params.instanceType(), "size").name(),
#end
                params.tags().asMap()); // with the call itself: no interruption leaves a machine without its owner
        return toInstance(client.createMachine(machine, params.userData().text()));
    }

#if ($style == "full")
    /** Foothold chooses from what is listed below, and has nothing to choose if nothing fits. */
    private static <T> T chosen(@Nullable T choice, String what) {
        if (choice == null) {
            throw new CloudException(Kind.INVALID_REQUEST, "the cloud has no " + what + " for this machine");
        }
        return choice;
    }

#end
    @Override
    public void stopInstance(InstanceId id) throws Exception {
#if ($style == "full")
        Exception failure = stopInstances(List.of(id)).get(id);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws Exception {
        Map<InstanceId, Exception> failures = new LinkedHashMap<>();
        client.deleteMachines(ids.stream().map(InstanceId::value).toList()).forEach((id, refusal) -> {
            // What is not there is as it should be.
            if (!refusal.code().equals("not-found")) {
                failures.put(InstanceId.of(id), refusal);
            }
        });
        return failures;
    }

    @Override
    public int maxBatch() {
        return 50;
    }
#else
        try {
            client.deleteMachine(id.value());
        } catch (${className}Client.ApiException e) {
            // What is not there is as it should be.
            if (!e.code().equals("not-found")) {
                throw e;
            }
        }
    }
#end

    @Override
    public List<Instance> allInstances(Tags owner) throws Exception {
        return client.listMachines(owner.asMap()).stream()
                .map(${className}Environ::toInstance)
                .toList();
    }

#if ($style == "full")
    @Override
    public Map<InstanceId, Instance> instances(List<InstanceId> ids, Tags owner) throws Exception {
        return client.findMachines(ids.stream().map(InstanceId::value).toList()).stream()
                .map(${className}Environ::toInstance)
                .collect(Collectors.toMap(Instance::id, Function.identity()));
    }

#end
#if ($zoned == "true")
    @Override
    public List<AvailabilityZone> availabilityZones() throws Exception {
        return client.listZones().stream()
                .map(zone -> new AvailabilityZone(zone.name(), zone.open()))
                .toList();
    }

#end
#if ($style == "full")
    @Override
    public List<ImageMetadata> images(Base base, Arch arch) throws Exception {
        return client.listImages().stream()
                .map(image -> ImageMetadata.of(image.id(), Base.parse(image.system()), Arch.parse(image.arch())))
                .filter(image -> image.base().equals(base) && image.arch() == arch)
                .toList();
    }

    @Override
    public List<InstanceType> instanceTypes(Constraints constraints) throws Exception {
        return client.listSizes().stream()
                .map(size -> InstanceType.of(size.name(), Arch.parse(size.arch()), size.cores(), size.memoryMib()))
                .filter(constraints::isMetBy)
                .toList();
    }

    @Override
    public ConstraintsValidator constraintsValidator() throws Exception {
        return ConstraintsValidator.permissive()
                .unsupported(ConstraintName.CONTAINER, ConstraintName.CPU_POWER, ConstraintName.VIRT_TYPE)
                .conflict(List.of(ConstraintName.INSTANCE_TYPE), List.of(ConstraintName.CORES, ConstraintName.MEM))
                .vocabulary(
                        ConstraintName.INSTANCE_TYPE,
                        client.listSizes().stream().map(size -> size.name()).toList());
    }

    @Override
    public void prepareForBootstrap() throws Exception {
        // A credential that does not work is found out before anything is started.
        probeCredential();
    }

    @Override
    public void probeCredential() throws Exception {
        client.whoAmI();
    }

    @Override
    public void tagInstance(InstanceId id, Tags tags) throws Exception {
        client.labelMachine(id.value(), tags.asMap());
    }

    @Override
    public List<ResourceKind> kinds() {
        return List.of(ResourceKind.VOLUME);
    }

    @Override
    public List<Resource> resources(ResourceKind kind, Tags owner) throws Exception {
        return client.listVolumes(owner.asMap()).stream()
                .map(volume -> Resource.of(ResourceKind.VOLUME, volume.id())
                        .named(volume.name())
                        .attachedTo(volume.machine() == null ? null : InstanceId.of(volume.machine()))
                        .tagged(Tags.of(volume.labels()))
                        .createdAt(volume.created()))
                .toList();
    }

    @Override
    public void delete(Resource resource) throws Exception {
        try {
            client.deleteVolume(resource.id());
        } catch (${className}Client.ApiException e) {
            if (!e.code().equals("not-found")) {
                throw e;
            }
        }
    }

    @Override
    public Optional<CloudException> classify(Exception failure) {
        if (!(failure instanceof ${className}Client.ApiException refusal)) {
            return Optional.empty();
        }
        // The kind decides what is next: something else is tried, the call is repeated, the credential is given up.
        Kind kind = switch (refusal.code()) {
            case "no-capacity" -> Kind.CAPACITY;
            case "quota-exceeded" -> Kind.QUOTA;
            case "too-many-requests" -> Kind.THROTTLED;
            case "unauthorized" -> Kind.CREDENTIAL_INVALID;
            case "token-expired" -> Kind.CREDENTIAL_EXPIRED;
            case "forbidden" -> Kind.NOT_AUTHORISED;
            case "bad-request" -> Kind.INVALID_REQUEST;
            case "not-found" -> Kind.NOT_FOUND;
            default -> Kind.OTHER;
        };
        return Optional.of(new CloudException(kind, refusal.getMessage(), refusal));
    }

#end
    private static Instance toInstance(${className}Client.Machine machine) {
        InstanceStatus status = switch (machine.state()) {
            case STARTING -> InstanceStatus.PENDING;
            case RUNNING -> InstanceStatus.RUNNING;
            case DELETING -> InstanceStatus.STOPPING;
            case FAILED -> InstanceStatus.PROVISIONING_ERROR;
        };
        List<MachineAddress> addresses = machine.addresses().stream()
                .map(address -> MachineAddress.of(address, AddressScope.PUBLIC))
                .toList();
#if ($style == "full")
        ${className}Client.Size size = machine.size();
#end
        return Instance.of(machine.id(), status)
#if ($zoned == "true")
                .in(machine.zone())
#end
                .at(addresses)
#if ($style == "full")
                .with(HardwareCharacteristics.of(Arch.parse(size.arch()), size.cores(), size.memoryMib()))
#end
                .tagged(Tags.of(machine.labels()))
                .launchedAt(machine.created());
    }
}
