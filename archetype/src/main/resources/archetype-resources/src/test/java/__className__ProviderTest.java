package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.bootstrap.LaunchParams;
#if ($zoned == "true")
import dev.foothold.bootstrap.LaunchResult;
#end
import dev.foothold.destroy.DestroyReceipt;
#if ($style == "full" && $zoned == "true")
import dev.foothold.environ.CloudException.Kind;
#end
import dev.foothold.instance.Instance;
import dev.foothold.machine.Base;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider as its users see it; that it keeps the contract is another test. */
class ${className}ProviderTest {

    private static final LaunchParams UBUNTU = LaunchParams.on(Base.parse("ubuntu@24.04"));

    private final URI endpoint = URI.create("memory:" + UUID.randomUUID());
    private final InMemory${className}Client cloud = new InMemory${className}Client(endpoint, "a-token");

    private DefaultProvider provider;

    @BeforeEach
    void openByItsName(@TempDir Path state) throws Exception {
        Map<String, String> settings = Map.of("endpoint", endpoint.toString(), "token", "a-token");
        provider = Foothold.at(state).open("${providerName}", "a-model", settings);
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void whatIsLaunchedIsListed() throws Exception {
        List<Instance> started = provider.launch(2, UBUNTU).started();

        assertThat(provider.instances()).containsExactlyInAnyOrderElementsOf(started);
    }

#if ($zoned == "true")
    @Test
    void launchGoesRoundAFullZone() throws Exception {
        cloud.fill("a");

        LaunchResult result = provider.launch(2, UBUNTU);

        assertThat(result.started()).extracting(Instance::zoneName).containsExactlyInAnyOrder("b", "c");
#if ($style == "full")
        assertThat(result.refusals().get("a").kind()).isEqualTo(Kind.CAPACITY);
#end
    }

#end
    @Test
    void destroyLeavesNothingOfOurs_andAllOfOthers() throws Exception {
        provider.launch(3, UBUNTU);
#if ($style == "full")
        cloud.createVolume("data", provider.model().owner().tags().asMap());
#end
        ${className}Client.Machine neighbour = neighbour();

        DestroyReceipt receipt = provider.destroyEnv();

#if ($style == "full")
        assertThat(receipt.deleted()).hasSize(4);
        assertThat(cloud.listVolumes(Map.of())).isEmpty();
#else
        assertThat(receipt.deleted()).hasSize(3);
#end
        assertThat(cloud.listMachines(Map.of())).containsExactly(neighbour);
    }

    /** Starts a machine of the same account that is not ours. */
    private ${className}Client.Machine neighbour() throws Exception {
        Map<String, String> labels = Map.of("team", "billing");
#if ($style == "full" && $zoned == "true")
        var machine = new ${className}Client.NewMachine("a-request", "neighbour", "a", "debian-12", "small", labels);
#elseif ($style == "full")
        var machine = new ${className}Client.NewMachine("a-request", "neighbour", "debian-12", "small", labels);
#elseif ($zoned == "true")
        var machine = new ${className}Client.NewMachine("a-request", "neighbour", "a", labels);
#else
        var machine = new ${className}Client.NewMachine("a-request", "neighbour", labels);
#end
        return cloud.createMachine(machine, "");
    }
}
