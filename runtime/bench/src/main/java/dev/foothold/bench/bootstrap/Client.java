package dev.foothold.bench.bootstrap;

import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.ssh.SshSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Bootstraps one model after the other in a process of its own, logs in once more, and takes everything back. */
final class Client {

    private static final Base UBUNTU = Base.parse("ubuntu@24.04");

    private Client() {}

    /**
     * Writes a line per bootstrap: how long it took in all, for how long the cloud, logins and the machine were at work,
     * and how long one more login takes; in seconds.
     *
     * @param args where to keep state, the cloud's address and token, how often
     * @throws Exception if a bootstrap fails
     */
    public static void main(String[] args) throws Exception {
        Elsewhere elsewhere = new Elsewhere();
        Foothold foothold = Foothold.at(Path.of(args[0]))
                .withSsh(elsewhere.measuring(new SshjConnector()))
                .withInterceptor(elsewhere);
        Map<String, String> settings = Map.of("endpoint", args[1], "token", args[2]);
        Arch arch = System.getProperty("os.arch").equals("aarch64") ? Arch.ARM64 : Arch.AMD64;
        BootstrapParams params = BootstrapParams.on(UBUNTU)
                .arch(arch)
                .within(Duration.ofMinutes(1))
                .cloudConfig(config -> config.shell("true"));
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            try (DefaultProvider provider = foothold.open("embedded", "m" + i, settings)) {
                elsewhere.reset();
                long start = System.nanoTime();
                BootstrapResult result = provider.bootstrapEnv(params);
                long bootstrapped = System.nanoTime();
                double cloud = elsewhere.seconds(Elsewhere.Whose.CLOUD);
                double logins = elsewhere.seconds(Elsewhere.Whose.LOGIN);
                double machine = elsewhere.seconds(Elsewhere.Whose.MACHINE);
                try (SshSession session = provider.connect(result.instance().id())) {
                    session.address();
                }
                long loggedIn = System.nanoTime();
                System.out.println((bootstrapped - start) / 1e9
                        + " " + cloud
                        + " " + logins
                        + " " + machine
                        + " " + (loggedIn - bootstrapped) / 1e9);
                provider.destroyEnv();
            }
        }
    }
}
