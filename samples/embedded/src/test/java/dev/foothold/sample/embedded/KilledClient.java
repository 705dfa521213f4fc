package dev.foothold.sample.embedded;

import dev.foothold.journal.Pulse;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Bootstraps a model, as a process that is going to be killed; prints what happens as it happens. */
final class KilledClient {

    /** Shorter than usual, so that nobody has to wait for a start that may still come about. */
    static final Pulse PULSE = Pulse.ofThisProcess().every(Duration.ofMillis(250));

    private KilledClient() {}

    public static void main(String[] args) throws Exception {
        Foothold foothold = Foothold.at(Path.of(args[0]))
                .withPulse(PULSE)
                .withEvents(event -> System.out.println(event.getClass().getSimpleName()));
        try (DefaultProvider provider = foothold.open("embedded", args[1], Map.of("data-directory", args[2]))) {
            System.out.println("ready");
            System.in.read();
            provider.bootstrapEnv(KilledClientTest.PARAMS);
            System.out.println("done");
        }
    }
}
