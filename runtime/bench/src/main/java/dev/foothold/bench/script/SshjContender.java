package dev.foothold.bench.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.sftp.SFTPClient;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.xfer.FileSystemFile;

/** sshj as it comes: its default configuration, and its own SFTP client, which keeps 16 requests on their way. */
final class SshjContender implements Contender {

    private final DefaultConfig config = new DefaultConfig();
    private final Server.Place place;

    SshjContender(Server.Place place) {
        this.place = place;
    }

    @Override
    public void stream(Taker taker) throws IOException {
        try (SSHClient client = connect();
                Session session = client.startSession();
                Session.Command command = session.exec(SCRIPT)) {
            InputStream in = command.getInputStream();
            byte[] bytes = new byte[32 * 1024];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                taker.take(count);
            }
            command.join();
        }
    }

    @Override
    public void upload(Path archive, Path directory) throws IOException {
        Path there = place.directory().resolve("sshj.tar");
        try (SSHClient client = connect()) {
            try (SFTPClient sftp = client.newSFTPClient()) {
                sftp.put(new FileSystemFile(archive.toFile()), there.toString());
            }
            try (Session session = client.startSession();
                    Session.Command command = session.exec("tar -xf '" + there + "' -C '" + directory + "'")) {
                command.join();
                if (command.getExitStatus() != 0) {
                    throw new IOException("tar failed");
                }
            }
        }
    }

    private SSHClient connect() throws IOException {
        SSHClient client = new SSHClient(config);
        client.addHostKeyVerifier(new OpenSSHKnownHosts(place.knownHosts().toFile()));
        client.connect(Server.HOST, place.port());
        client.authPublickey("root", place.key().toString());
        return client;
    }
}
