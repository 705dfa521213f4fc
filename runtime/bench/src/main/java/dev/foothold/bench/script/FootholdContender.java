package dev.foothold.bench.script;

import dev.foothold.config.Secret;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.redact.RedactedStream;
import dev.foothold.redact.Redactor;
import dev.foothold.script.Script;
import dev.foothold.script.ScriptEnd;
import dev.foothold.script.ScriptListener;
import dev.foothold.script.ScriptRunner;
import dev.foothold.script.SteadySession;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.ssh.SshSession;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Foothold: a script that runs detached, with a file of its own, without and with secrets to be replaced in its output; or
 * a plain command, for comparison.
 */
final class FootholdContender implements Contender {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final boolean detached;
    private final Redactor redactor = Redactor.create();
    private final Server.Place place;
    private final SshjConnector connector = new SshjConnector();
    private final SshOptions options;

    FootholdContender(Server.Place place, boolean detached) throws IOException {
        this.place = place;
        this.detached = detached;
        this.options = SshOptions.defaults()
                .withUser("root")
                .withIdentity(SshKeyPair.read(place.key()))
                .trusting(List.of(SshPublicKey.parse(place.hostKey())));
    }

    /** Replaces secrets, as a bootstrap does. */
    FootholdContender redacting(Collection<Secret> secrets) {
        redactor.hide(secrets);
        return this;
    }

    @Override
    public void stream(Taker taker) throws InterruptedException {
        RedactedStream shown = redactor.stream((bytes, from, length) -> taker.take(length));
        SshOutput output = (stream, bytes, length) -> shown.accept(bytes, 0, length);
        if (detached) {
            run(script(SCRIPT), output);
        } else {
            try (SshSession session = connect()) {
                session.run(SshCommand.of(SCRIPT), output, LONG);
            }
        }
        shown.end();
    }

    @Override
    public void upload(Path archive, Path directory) throws InterruptedException {
        run(
                script("tar -xf \"$FOOTHOLD_FILES/archive.tar\" -C '" + directory + "'")
                        .withFile("archive.tar", archive),
                SshOutput.discard());
    }

    private void run(Script script, SshOutput output) throws InterruptedException {
        try (SteadySession machine =
                new SteadySession(connect(), connector, address -> options, Timeline.real(), LONG)) {
            ScriptEnd end = new ScriptRunner(
                            Timeline.real(), place.directory().resolve("data").toString())
                    .run(machine, script, output, ScriptListener.none());
            if (!end.succeeded()) {
                throw new IllegalStateException(end.describe());
            }
        }
    }

    private static Script script(String text) {
        return Script.of(UUID.randomUUID().toString(), text).within(LONG);
    }

    private SshSession connect() throws InterruptedException {
        return connector.connect(new MachineAddress(Server.HOST, AddressScope.MACHINE_LOCAL, place.port()), options);
    }
}
