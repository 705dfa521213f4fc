package dev.foothold.sample.embedded;

import static dev.foothold.simulator.CloudApiException.QUOTA_EXCEEDED;
import static dev.foothold.simulator.CloudApiException.THROTTLED;
import static dev.foothold.simulator.CloudApiException.UNAUTHORIZED;

import dev.foothold.config.Secret;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.Environ;
import dev.foothold.machine.Arch;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.simulator.Fault;
import dev.foothold.testkit.ProviderContract;
import dev.foothold.testkit.SimulatedMachines;
import dev.foothold.testkit.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The zoned sample honours the contract, over HTTP. */
@DisabledIfSystemProperty(
        named = "foothold.quick",
        matches = "true",
        disabledReason = "takes a minute; the smaller sample is held to the contract all the same")
class EmbeddedContractTest extends ProviderContract {

    private static final String[] CALLS = {"runInstance", "list", "terminate", "zones"};

    @RegisterExtension
    static final SimulatedMachines CLOUD = SimulatedMachines.inventoryOnly("a", "b", "c");

    @Override
    protected DefaultProvider open(ModelSettings model, Foothold foothold) {
        EmbeddedConfig config =
                new EmbeddedConfig(CLOUD.url(), Duration.ofSeconds(30), Environ.DATA_DIRECTORY, Optional.empty());
        EmbeddedCredential credential = new EmbeddedCredential(Secret.of(CLOUD.token()));
        return EmbeddedEnvironDefaultProvider.open(config, credential, model, foothold);
    }

    @Override
    protected Arch arch() {
        return Neighbours.hostArch();
    }

    // tag::provoke[]
    @Override
    protected List<String> secrets() {
        return List.of(CLOUD.token());
    }

    @Override
    protected Optional<Trouble> provoke(Kind kind, @Nullable String zone) {
        return switch (kind) {
            case CREDENTIAL_INVALID -> Optional.of(failing(UNAUTHORIZED, CALLS));
            case THROTTLED -> Optional.of(failing(THROTTLED, CALLS));
            case QUOTA -> Optional.of(failing(QUOTA_EXCEEDED, "runInstance"));
            case CAPACITY -> Optional.of(injected(Stream.of(new Fault.NoCapacity(zone))));
            default -> Optional.empty(); // which this cloud never answers
        };
    }
    // end::provoke[]

    private static Trouble failing(String code, String... calls) {
        return injected(Stream.of(calls)
                .map(call -> new Fault.CallFails(call, code, Integer.MAX_VALUE, Optional.of(Duration.ofSeconds(1)))));
    }

    private static Trouble injected(Stream<? extends Fault> faults) {
        faults.forEach(CLOUD.cloud().faults()::inject);
        return CLOUD.cloud().faults()::liftAll;
    }
}
