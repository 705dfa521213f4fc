package dev.foothold.script;

import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.time.Timeline;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process of its own that runs a script; what it hears it prints. */
final class ScriptChild {

    private ScriptChild() {}

    static Process start(
            MachineAddress address, Path identity, SshPublicKey hostKey, String user, String directory, Script script)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xmx64m",
                        "-cp",
                        classPath(),
                        ScriptChild.class.getName(),
                        address.value(),
                        Integer.toString(address.sshPort()),
                        identity.toString(),
                        hostKey.line(),
                        user,
                        directory,
                        script.id(),
                        new String(script.bytes(), StandardCharsets.UTF_8))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String classPath() {
        String modules = System.getProperty("jdk.module.path", "");
        return System.getProperty("java.class.path") + (modules.isEmpty() ? "" : File.pathSeparator + modules);
    }

    public static void main(String[] arguments) throws Exception {
        MachineAddress address = new MachineAddress(arguments[0], AddressScope.PUBLIC, Integer.parseInt(arguments[1]));
        SshOptions options = SshOptions.defaults()
                .withUser(arguments[4])
                .withIdentity(SshKeyPair.read(Path.of(arguments[2])))
                .trusting(List.of(SshPublicKey.parse(arguments[3])));
        SshjConnector connector = new SshjConnector();
        System.out.println("ready");
        System.in.read();
        try (SteadySession machine = new SteadySession(
                connector.connect(address, options),
                connector,
                any -> options,
                Timeline.real(),
                Duration.ofSeconds(30))) {
            ScriptEnd end = new ScriptRunner(Timeline.real(), arguments[5])
                    .run(
                            machine,
                            Script.of(arguments[6], arguments[7]),
                            (stream, bytes, length) -> {
                                System.out.write(bytes, 0, length);
                                System.out.flush();
                            },
                            ScriptListener.none());
            System.out.println(end.describe());
        }
    }
}
