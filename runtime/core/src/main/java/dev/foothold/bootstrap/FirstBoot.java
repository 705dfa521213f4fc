package dev.foothold.bootstrap;

import dev.foothold.cloudinit.CloudConfig;
import dev.foothold.cloudinit.ShellWord;
import dev.foothold.machine.UserData;
import dev.foothold.model.ModelSettings;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** Holds what makes one machine recognisable: the host key it is given, its nonce, and who may log in. */
final class FirstBoot {

    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SshKeyPair hostKey;
    private final SshKeyPair identity;
    private final List<String> authorizedKeys;
    private final String dataDirectory;
    private final String nonce;

    private FirstBoot(
            SshKeyPair hostKey, SshKeyPair identity, List<String> authorizedKeys, String dataDirectory, String nonce) {
        this.hostKey = hostKey;
        this.identity = identity;
        this.authorizedKeys = authorizedKeys;
        this.dataDirectory = dataDirectory;
        this.nonce = nonce;
    }

    /** Makes up a host key and a nonce for a new machine. */
    static FirstBoot create(ModelSettings model, SshKeyPair identity, String dataDirectory) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return new FirstBoot(
                SshKeyPair.generate("foothold-" + model.name()),
                identity,
                model.authorizedKeys(),
                dataDirectory,
                HexFormat.of().formatHex(nonce));
    }

    SshPublicKey hostKey() {
        return hostKey.publicKey();
    }

    UserData userData() {
        CloudConfig config = CloudConfig.empty().hostKey(hostKey).authorize(identity.publicKey());
        for (String line : authorizedKeys) {
            config = config.authorize(SshPublicKey.parse(line));
        }
        String file = ShellWord.quote(CheckNonce.file(dataDirectory));
        // Last, because it tells that the first boot is over.
        return UserData.of(config.run("mkdir", "-p", dataDirectory)
                .shell("printf '%s\\n' " + ShellWord.quote(nonce) + " > " + file)
                .renderYaml());
    }

    SshOptions sshOptions() {
        return SshOptions.defaults().withIdentity(identity).trusting(List.of(hostKey.publicKey()));
    }

    String checkNonceScript() {
        return CheckNonce.script(dataDirectory, nonce);
    }
}
