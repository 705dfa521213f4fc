package ${package};

import dev.foothold.annotation.ZonedProvider;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import ${package}.${className}Client.ApiException;
import ${package}.${className}Client.Machine;
import ${package}.${className}Client.NewMachine;
import java.util.List;
import java.util.Optional;

/** Answers for the cloud: what Foothold asks, in terms of the cloud's API. */
@ZonedProvider("${providerName}")
public final class ${className}Environ implements ZonedEnviron {

    private final ${className}Client client;

    /**
     * Creates an environ; the cloud is not asked anything yet.
     *
     * @param config where the cloud is
     * @param credential who asks
     */
    public ${className}Environ(${className}Config config, ${className}Credential credential) {
        this.client = new InMemory${className}Client(config.endpoint(), credential.token().reveal());
    }

    @Override
    public Instance startInstance(StartInstanceParams params) throws Exception {
        NewMachine machine = new NewMachine(
                params.token().text(),
                params.displayName(),
                params.zone().orElseThrow(),
                params.tags().asMap());
        return toInstance(client.createMachine(machine, params.userData().text()));
    }

    @Override
    public void stopInstance(InstanceId id) throws Exception {
        try {
            client.deleteMachine(id.value());
        } catch (ApiException e) {
            if (!e.code().equals("not-found")) {
                throw e;
            }
        }
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws Exception {
        return client.listMachines(owner.asMap()).stream()
                .map(${className}Environ::toInstance)
                .toList();
    }

    @Override
    public List<AvailabilityZone> availabilityZones() throws Exception {
        return client.listZones().stream()
                .map(zone -> new AvailabilityZone(zone.name(), zone.open()))
                .toList();
    }

    @Override
    public Optional<CloudException> classify(Exception failure) {
        if (!(failure instanceof ApiException refusal)) {
            return Optional.empty();
        }
        Kind kind =
                switch (refusal.code()) {
                    case "no-capacity" -> Kind.CAPACITY;
                    case "unauthorized" -> Kind.CREDENTIAL_INVALID;
                    case "not-found" -> Kind.NOT_FOUND;
                    default -> Kind.OTHER;
                };
        return Optional.of(new CloudException(kind, refusal.getMessage(), refusal));
    }

    private static Instance toInstance(Machine machine) {
        InstanceStatus status =
                switch (machine.state()) {
                    case STARTING -> InstanceStatus.PENDING;
                    case RUNNING -> InstanceStatus.RUNNING;
                    case DELETING -> InstanceStatus.STOPPING;
                    case FAILED -> InstanceStatus.PROVISIONING_ERROR;
                };
        List<MachineAddress> addresses = machine.addresses().stream()
                .map(address -> MachineAddress.of(address, AddressScope.PUBLIC))
                .toList();
        return Instance.of(machine.id(), status)
                .in(machine.zone())
                .at(addresses)
                .tagged(Tags.of(machine.labels()));
    }
}
