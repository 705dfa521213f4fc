package dev.foothold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.Environ;
import dev.foothold.environ.HasResources;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.UserData;
import dev.foothold.model.Tags;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.simulator.machine.Isolation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Machines that answer SSH behind an environ whose own are in memory only. */
@Timeout(60)
class MachinesBehindTest {

    @RegisterExtension
    static final SimulatedMachines MACHINES = SimulatedMachines.inZones("a");

    private final SmallCloud small = new SmallCloud();
    private final Environ bare = new SmallEnviron(small);
    private final Environ environ = SimulatedMachines.behind(bare, MACHINES.cloud());

    @Test
    void aBootstrapEndsWithALogin_andNothingIsLeftAfterwards(@TempDir Path state) throws Exception {
        Foothold foothold = Foothold.at(state);
        try (DefaultProvider provider = new DefaultProvider(environ, foothold.model("behind"), foothold)) {
            BootstrapResult made = provider.bootstrapEnv(BootstrapParams.on(Base.parse("ubuntu@24.04"))
                    .cloudConfig(c -> c.shell("echo hello > \"$HOME/hello\""))
                    .within(Duration.ofSeconds(50)));

            assertThat(provider.instances()).containsExactly(made.instance().at(made.address()));
            assertThat(small.machines).hasSize(1);

            assertThat(provider.destroyEnv().isEmpty()).isTrue();
        }
        assertThat(small.machines).isEmpty();
        assertThat(MACHINES.cloud().list(Map.of())).isEmpty();
    }

    @Test
    void onlyTheAddressesAreOthers() throws Exception {
        InstanceId id = environ.startInstance(params()).id();

        Instance told = bare.allInstances(Tags.none()).get(0);
        Instance seen = environ.allInstances(Tags.none()).get(0);
        assertThat(seen.addresses()).hasSize(1).isNotEqualTo(told.addresses());
        assertThat(seen.at(told.addresses())).isEqualTo(told);
        assertThat(environ.instances(List.of(id), Tags.none()).get(id).addresses())
                .isEqualTo(seen.addresses());

        environ.stopInstance(id);
    }

    @Test
    void whatIsStartedTwiceWithOneTokenHasOneMachine() throws Exception {
        StartInstanceParams params = params();
        InstanceId id = environ.startInstance(params).id();
        environ.startInstance(params);
        assertThat(MACHINES.cloud().list(Map.of())).hasSize(1);

        assertThat(environ.stopInstances(List.of(id, InstanceId.of("i-unknown"))))
                .isEmpty();
        assertThat(MACHINES.cloud().list(Map.of())).isEmpty();
    }

    @Test
    void refusalsAreThoseOfTheEnviron() {
        small.refuses.add(Kind.QUOTA);
        assertThatThrownBy(() -> environ.startInstance(params())).isInstanceOf(SmallCloud.Refusal.class);
    }

    @Test
    void whatTheEnvironCanDoBesidesItStillCan() throws Exception {
        ZonedEnviron able = SimulatedMachines.behind(new ZonedSmallEnviron(small), MACHINES.cloud());

        assertThat(able.availabilityZones()).hasSize(3);
        assertThat(able).isInstanceOf(HasResources.class);
    }

    @Test
    void whereMachinesAreDirectoriesDataIsKeptInThem() throws Exception {
        try (SimulatedCloud directories =
                SimulatedCloud.builder().isolation(Isolation.DIRECTORY).open()) {
            assertThat(SimulatedMachines.behind(bare, directories).dataDirectory())
                    .isEqualTo("var/lib/foothold");
        }
    }

    private StartInstanceParams params() throws Exception {
        return new StartInstanceParams(
                Workbench.owner(),
                "behind",
                Workbench.token(),
                UserData.of("#cloud-config\n{}\n"),
                Tags.none(),
                null,
                bare.images(Base.parse("ubuntu@24.04"), Arch.AMD64).get(0),
                null);
    }
}
