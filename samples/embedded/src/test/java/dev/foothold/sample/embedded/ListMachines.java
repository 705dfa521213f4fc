package dev.foothold.sample.embedded;

import dev.foothold.instance.Instance;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import java.nio.file.Path;
import java.util.Map;

/** Lists the machines of a model: another process that has nothing but the state directory. */
final class ListMachines {

    private ListMachines() {}

    public static void main(String[] args) throws Exception {
        try (DefaultProvider provider = Foothold.at(Path.of(args[0])).open("embedded", args[1], Map.of())) {
            for (Instance instance : provider.instances()) {
                System.out.println(instance.id() + " " + instance.zone().orElse("-"));
            }
        }
    }
}
