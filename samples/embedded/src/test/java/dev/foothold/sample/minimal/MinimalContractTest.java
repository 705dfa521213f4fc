package dev.foothold.sample.minimal;

import dev.foothold.config.Secret;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.testkit.ProviderContract;
import dev.foothold.testkit.SimulatedMachines;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Forty lines honour the contract. */
// tag::contract[]
class MinimalContractTest extends ProviderContract {

    @RegisterExtension
    static final SimulatedMachines CLOUD = SimulatedMachines.inventoryOnly("a");

    @Override
    protected DefaultProvider open(ModelSettings model, Foothold foothold) {
        MinimalConfig config =
                new MinimalConfig(CLOUD.url().resolve("/v1/"), Secret.of(CLOUD.token()), "small", "ubuntu-24.04");
        return MinimalEnvironDefaultProvider.open(config, model, foothold);
    }

    @Override
    protected List<String> secrets() {
        return List.of(CLOUD.token());
    }
}
// end::contract[]
