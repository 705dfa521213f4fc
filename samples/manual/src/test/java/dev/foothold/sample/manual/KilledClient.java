package dev.foothold.sample.manual;

import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.cloud.Call;
import dev.foothold.cloud.Interceptor;
import dev.foothold.journal.Pulse;
import dev.foothold.machine.Base;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;

/** Claims a machine, and dies before anybody has written down which. */
final class KilledClient {

    /** Shorter than usual, so that nobody has to wait for a start that may still come about. */
    static final Pulse PULSE = Pulse.ofThisProcess().every(Duration.ofMillis(250));

    private KilledClient() {}

    public static void main(String[] args) throws Exception {
        Foothold foothold = Foothold.at(Path.of(args[0])).withPulse(PULSE).withInterceptor(new Interceptor() {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                T answer = next.call();
                if (call.operation().equals("startInstance")) {
                    Runtime.getRuntime().halt(137);
                }
                return answer;
            }
        });
        try (DefaultProvider provider = foothold.open(
                "manual", "prod", Map.of("machines", args[1], "user", "deploy", "identity-file", args[2]))) {
            provider.launch(1, LaunchParams.on(Base.parse("debian@12")));
        }
    }
}
