package dev.foothold.bench.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** OpenSSH's own clients, with the cipher that ours prefers. */
final class OpenSshContender implements Contender {

    private final Server.Place place;

    OpenSshContender(Server.Place place) {
        this.place = place;
    }

    @Override
    public void stream(Taker taker) throws IOException, InterruptedException {
        List<String> command = options("ssh", "-p");
        command.addAll(List.of("root@" + Server.HOST, SCRIPT));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        InputStream in = process.getInputStream();
        byte[] bytes = new byte[64 * 1024];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            taker.take(count);
        }
        process.waitFor();
    }

    @Override
    public void upload(Path archive, Path directory) throws IOException, InterruptedException {
        String there = place.directory().resolve("scp.tar").toString();
        List<String> copy = options("scp", "-P");
        copy.addAll(List.of("-q", archive.toString(), "root@" + Server.HOST + ":" + there));
        Server.run(copy);
        List<String> unpack = options("ssh", "-p");
        unpack.addAll(List.of("root@" + Server.HOST, "tar -xf '" + there + "' -C '" + directory + "'"));
        Server.run(unpack);
    }

    private List<String> options(String program, String portOption) {
        return new ArrayList<>(List.of(
                program,
                "-F",
                "none",
                "-i",
                place.key().toString(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + place.knownHosts(),
                "-o",
                "KexAlgorithms=curve25519-sha256",
                "-o",
                "Ciphers=aes128-gcm@openssh.com",
                portOption,
                Integer.toString(place.port())));
    }
}
