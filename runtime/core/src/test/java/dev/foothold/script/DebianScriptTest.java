package dev.foothold.script;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshOptions;
import dev.foothold.testing.OpenSshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** On Debian's SSH server. */
class DebianScriptTest extends ScriptContract {

    private static OpenSshServer server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = OpenSshServer.start(directory, "MaxStartups 100:30:200");
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    MachineAddress address() {
        return server.address();
    }

    @Override
    SshOptions options() {
        try {
            return server.options();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    String dataDirectory() {
        return "/root/foothold";
    }

    @Override
    int cuts() {
        return Boolean.getBoolean("foothold.quick") ? 4 : 12;
    }
}
