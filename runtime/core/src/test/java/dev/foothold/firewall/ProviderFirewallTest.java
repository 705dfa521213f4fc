package dev.foothold.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.firewall.NamespaceMachine.Packet;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.internal.store.FileStateStore;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.network.IngressRules;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.ssh.HostKeyVerifier;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.state.StateStore;
import dev.foothold.state.StoredObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The firewall of a model's machine, by way of its provider; the README shows it. */
@Tag("namespaces")
class ProviderFirewallTest {

    private static final InstanceId ID = InstanceId.of("i-1");

    @TempDir
    Path directory;

    @Test
    @Tag("D-30")
    void theMachineIsRecognisedByTheKeyInTheModelsState() throws Exception {
        try (NamespaceMachine machine = NamespaceMachine.start(Files.createDirectory(directory.resolve("machine")))) {
            machine.listen(80, 443, 9100);
            Foothold foothold = Foothold.at(directory.resolve("state"))
                    .withSshOptions(HostSshOptions.always(SshOptions.defaults().withUser("root")));
            ModelSettings model = foothold.model("prod");
            StateStore store = FileStateStore.open(directory.resolve("state"));
            put(store, "prod/identities/op", NamespaceMachine.USER.privateKeyText());
            pin(store, machine.hostKey());
            Instance instance = Instance.of(ID.value(), InstanceStatus.RUNNING)
                    .at(machine.address())
                    .tagged(model.tags().with(Owner.OPERATION, "op"));
            try (DefaultProvider provider = new DefaultProvider(new OneMachine(instance), model, foothold)) {
                use(provider);
                machine.assertOpen(Packet.tcp(22), Packet.tcp(443), Packet.tcp6(443), Packet.tcp(9100));
                machine.assertClosed(Packet.tcp(80), Packet.tcp6(80), Packet.tcp6(9100));

                pin(store, SshKeyPair.generate("").publicKey());
                assertThatThrownBy(() -> provider.configurator(ID).close()).hasMessageContaining("host key");
            }
        }
    }

    private static void use(DefaultProvider provider) throws InterruptedException {
        InstanceId machine = ID;
        // tag::use[]
        try (SshInstanceConfigurator firewall = provider.configurator(machine)) {
            firewall.dropAllPorts(List.of(22), null);
            firewall.changeIngressRules(null, true, IngressRules.parse("443/tcp", "9100/tcp from 10.0.0.0/8"));

            FirewallPlan plan =
                    firewall.plan(rules -> rules.close(IngressRules.parse("9100/tcp from 10.0.0.0/8"), null));
            System.out.println(plan.describe()); // - close 9100/tcp from 10.0.0.0/8
        }
        // end::use[]
    }

    private static void pin(StateStore store, SshPublicKey key) throws Exception {
        String known = String.join("\n", HostKeyVerifier.pinned(List.of(key)).knownHosts("i-1"));
        put(store, "prod/pins/i-1", known + "\n");
    }

    private static void put(StateStore store, String name, String text) throws Exception {
        assertThat(store.compareAndSet(
                        name,
                        store.read(name).map(StoredObject::version).orElse(null),
                        text.getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    /** A cloud with a machine in it. */
    private record OneMachine(Instance instance) implements Environ {

        @Override
        public Instance startInstance(StartInstanceParams params) {
            throw new UnsupportedOperationException("nothing is started here");
        }

        @Override
        public void stopInstance(InstanceId id) {
            throw new UnsupportedOperationException("nothing is stopped here");
        }

        @Override
        public List<Instance> allInstances(Tags owner) {
            return List.of(instance);
        }
    }
}
