package ${package};

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.bootstrap.LaunchResult;
import dev.foothold.config.Secret;
import dev.foothold.destroy.DestroyReceipt;
import dev.foothold.distribution.DistributionRequest;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Base;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import ${package}.${className}Client.Machine;
import ${package}.${className}Client.NewMachine;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ${className}ProviderTest {

    private static final LaunchParams UBUNTU = LaunchParams.on(Base.parse("ubuntu@24.04"));

    private final URI endpoint = URI.create("memory:" + UUID.randomUUID());
    private final InMemory${className}Client cloud = new InMemory${className}Client(endpoint, "a-token");

    private Foothold foothold;
    private ${className}EnvironDefaultProvider provider;

    @BeforeEach
    void open(@TempDir Path state) {
        foothold = Foothold.at(state);
        provider = open("a-token");
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void launchSpreadsOverTheZones() throws Exception {
        provider.launch(6, UBUNTU);

        assertThat(provider.availabilityZoneAllocations(List.of()))
                .extracting(zone -> zone.zoneName() + " " + zone.count())
                .containsExactly("a 2", "b 2", "c 2");
    }

    @Test
    void launchGoesRoundAFullZone() throws Exception {
        cloud.fill("a");

        LaunchResult result = provider.launch(2, UBUNTU);

        assertThat(result.started()).extracting(Instance::zoneName).containsExactlyInAnyOrder("b", "c");
        assertThat(result.refusals().get("a").kind()).isEqualTo(Kind.CAPACITY);
    }

    @Test
    void listingSeesOnlyOwnInstances() throws Exception {
        Machine neighbour = neighbour();

        List<Instance> own = provider.launch(2, UBUNTU).started();

        assertThat(provider.instances()).containsExactlyInAnyOrderElementsOf(own);
        assertThat(cloud.listMachines(Map.of())).hasSize(3).contains(neighbour);
    }

    @Test
    void distributionChoosesTheEmptiestZone() throws Exception {
        List<InstanceId> ids =
                provider.launch(3, UBUNTU).started().stream().map(Instance::id).toList();

        List<InstanceId> chosen =
                provider.distributeInstances(DistributionRequest.of(ids).withGroup(ids.subList(0, 2)));

        assertThat(chosen).containsExactly(ids.get(2));
    }

    @Test
    void destroyLeavesNothing() throws Exception {
        Machine neighbour = neighbour();
        List<Instance> own = provider.launch(3, UBUNTU).started();

        DestroyReceipt receipt = provider.destroyEnv();

        assertThat(receipt.deletedInstances())
                .containsExactlyInAnyOrderElementsOf(own.stream().map(Instance::id).toList());
        assertThat(cloud.listMachines(Map.of())).containsExactly(neighbour);
    }

    @Test
    void refusedCredentialIsReportedAsSuch() {
        try (${className}EnvironDefaultProvider refused = open("")) {
            assertThatThrownBy(refused::instances)
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CREDENTIAL_INVALID));
        }
    }

    @Test
    void isFoundByItsName() throws Exception {
        Map<String, String> settings = Map.of("endpoint", endpoint.toString(), "token", "a-token");

        try (DefaultProvider found = foothold.open("${providerName}", "another-model", settings)) {
            assertThat(found).isInstanceOf(${className}EnvironDefaultProvider.class);
            assertThat(found.launch(1, UBUNTU).started()).isEqualTo(found.instances());
        }
    }

    private ${className}EnvironDefaultProvider open(String token) {
        return ${className}EnvironDefaultProvider.open(
                new ${className}Config(endpoint), new ${className}Credential(Secret.of(token)), foothold.model("a-model"), foothold);
    }

    /** Starts a machine of the same account that is not ours. */
    private Machine neighbour() throws Exception {
        return cloud.createMachine(new NewMachine("a-request", "neighbour", "a", Map.of("team", "billing")), "");
    }
}
