package dev.foothold.sample.manual;

import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.*;
import dev.foothold.machine.UserData;
import dev.foothold.model.*;
import java.nio.file.Path;
import java.util.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TimingTest {
    @RegisterExtension
    static final NamespaceMachines MACHINES = NamespaceMachines.of(3);

    @TempDir
    Path directory;

    @Test
    void time() throws Exception {
        Path list = MACHINES.list(directory.resolve("machines.yaml"), 3);
        for (int r = 0; r < 3; r++) {
            long t0 = System.nanoTime();
            try (ManualEnviron e = new ManualEnviron(NamespaceMachines.config(list), NamespaceMachines.credential())) {
                e.allInstances(Tags.none());
                long t1 = System.nanoTime();
                for (int i = 0; i < 100; i++) e.allInstances(Tags.none());
                long t2 = System.nanoTime();
                List<Instance> started = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    Owner owner = new Owner(UUID.randomUUID(), UUID.randomUUID());
                    started.add(e.startInstance(new StartInstanceParams(owner, "t", IdempotencyToken.derive("x", "" + i + r), UserData.none(), owner.tags(), null, null, null)));
                }
                long t3 = System.nanoTime();
                for (int i = 0; i < 100; i++) e.allInstances(Tags.none());
                long t4 = System.nanoTime();
                for (Instance i : started) e.stopInstance(i.id());
                long t5 = System.nanoTime();
                System.out.printf("open+list %d ms, list %.1f ms, start %.1f, list claimed %.1f, stop %.1f%n", (t1 - t0) / 1000000, (t2 - t1) / 1e8, (t3 - t2) / 3e6, (t4 - t3) / 1e8, (t5 - t4) / 3e6);
            }
        }
    }
}
