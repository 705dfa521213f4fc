package dev.foothold.sample.manual;

import dev.foothold.environ.CloudException.Kind;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.sample.manual.NamespaceMachines.NamespaceMachine;
import dev.foothold.testkit.ProviderContract;
import dev.foothold.testkit.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Machines that exist already honour the contract, over real SSH. */
@Tag("namespaces")
@Thorough
class ManualContractTest extends ProviderContract {

    private static final int COUNT = 3;

    @RegisterExtension
    static final NamespaceMachines MACHINES = NamespaceMachines.of(COUNT);

    @TempDir
    static Path directory;

    @Override
    protected DefaultProvider open(ModelSettings model, Foothold foothold) throws Exception {
        ManualConfig config = new ManualConfig(
                MACHINES.list(directory.resolve("machines.yaml"), COUNT),
                "root", // who need not become root first, which takes a while and has tests of its own
                Optional.empty(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Optional.empty());
        return ManualEnvironDefaultProvider.open(config, NamespaceMachines.credential(), model, foothold);
    }

    @Override
    protected boolean hasMachines() {
        return true;
    }

    @Override
    protected int machines() {
        return COUNT;
    }

    @Override
    protected List<String> secrets() {
        return List.of(NamespaceMachines.USER.privateKeyText());
    }

    @Override
    protected Optional<Trouble> provoke(Kind kind, @Nullable String zone) throws Exception {
        return switch (kind) {
            case CAPACITY ->
                Optional.of(on(
                        "cd /var/lib/foothold-manual; [ -e claim ] || { : > foreign; printf '%s\\n' 'key: \"000000000000\"'"
                                + " 'since: \"2026-01-01T00:00:00Z\"' 'tags: {}' > claim; }",
                        "cd /var/lib/foothold-manual; [ ! -e foreign ] || rm claim foreign"));
            case CREDENTIAL_INVALID -> {
                for (NamespaceMachine machine : MACHINES.all()) {
                    machine.lockOut();
                }
                yield Optional.of(() -> {
                    for (NamespaceMachine machine : MACHINES.all()) {
                        machine.letIn();
                    }
                });
            }
            default -> Optional.empty(); // which no machine ever answers
        };
    }

    private static Trouble on(String begin, String end) throws Exception {
        for (NamespaceMachine machine : MACHINES.all()) {
            machine.run("mkdir -p /var/lib/foothold-manual; " + begin);
        }
        return () -> {
            for (NamespaceMachine machine : MACHINES.all()) {
                machine.run(end);
            }
        };
    }
}
