package dev.foothold.bootstrap;

import dev.foothold.cloudinit.CloudConfig;
import dev.foothold.cloudinit.ShellWord;
import dev.foothold.config.Secret;
import dev.foothold.instance.Instance;
import dev.foothold.machine.UserData;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostKeyVerifier;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshIdentity;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Holds what makes one machine recognisable: the host key it is given, its nonce, and who may log in. To a machine that
 * takes no user data, the cloud's word for its host keys is all there is until it was logged in to.
 */
final class FirstBoot {

    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SshKeyPair hostKey;
    private final SshKeyPair identity;
    private final List<SshPublicKey> authorizedKeys;
    private final String dataDirectory;
    private final String nonce;
    private final boolean takesUserData;

    private FirstBoot(
            SshKeyPair hostKey,
            SshKeyPair identity,
            List<SshPublicKey> authorizedKeys,
            String dataDirectory,
            String nonce,
            boolean takesUserData) {
        this.hostKey = hostKey;
        this.identity = identity;
        this.authorizedKeys = authorizedKeys;
        this.dataDirectory = dataDirectory;
        this.nonce = nonce;
        this.takesUserData = takesUserData;
    }

    /** Makes up a host key and a nonce for a new machine. */
    static FirstBoot create(ModelSettings model, SshKeyPair identity, String dataDirectory, boolean takesUserData) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return restore(
                model,
                SshKeyPair.generate(""),
                identity,
                dataDirectory,
                HexFormat.of().formatHex(nonce),
                takesUserData);
    }

    /** Gives what a machine was told that an earlier run has asked for. */
    static FirstBoot restore(
            ModelSettings model,
            SshKeyPair hostKey,
            SshKeyPair identity,
            String dataDirectory,
            String nonce,
            boolean takesUserData) {
        List<SshPublicKey> keys = new ArrayList<>();
        keys.add(identity.publicKey());
        for (String line : model.authorizedKeys()) {
            keys.add(SshPublicKey.parse(line));
        }
        return new FirstBoot(hostKey, identity, keys, dataDirectory, nonce, takesUserData);
    }

    SshKeyPair hostKey() {
        return hostKey;
    }

    String nonce() {
        return nonce;
    }

    String dataDirectory() {
        return dataDirectory;
    }

    boolean takesUserData() {
        return takesUserData;
    }

    /** Gives the keys by which the machine is known as soon as it is started. */
    List<SshPublicKey> hostKeys(Instance instance) {
        return takesUserData ? List.of(hostKey.publicKey()) : told(instance);
    }

    UserData userData() {
        if (!takesUserData) {
            return UserData.none();
        }
        CloudConfig config = CloudConfig.empty().hostKey(hostKey);
        for (SshPublicKey key : authorizedKeys) {
            config = config.authorize(key);
        }
        // Last, because it tells that the first boot is over.
        return config.run("mkdir", "-p", dataDirectory)
                .shell("printf '%s\\n' " + ShellWord.quote(nonce) + " > " + nonceFile())
                .userData();
    }

    /** Says how to log in for the first time; the machine may have been given the pinned host keys by an earlier run. */
    HostSshOptions sshOptions(HostSshOptions base, Supplier<Instance> instance, List<SshPublicKey> pinned) {
        return address -> {
            SshOptions options = base.forHost(address);
            List<SshPublicKey> known = pinned.isEmpty() ? hostKeys(instance.get()) : pinned;
            List<SshIdentity> identities = takesUserData
                    ? List.of(identity)
                    : Stream.concat(options.identities().stream(), Stream.of(identity))
                            .toList();
            return options.withIdentities(identities).trusting(verifier(address, known, options.hostKeys()));
        };
    }

    /** Says how to log in when everything has been brought to the machine. */
    static HostSshOptions loginWith(HostSshOptions base, SshKeyPair identity, List<SshPublicKey> hostKeys) {
        return address -> {
            SshOptions options = base.forHost(address);
            return options.withIdentity(identity).trusting(verifier(address, hostKeys, options.hostKeys()));
        };
    }

    private static HostKeyVerifier verifier(
            MachineAddress address, List<SshPublicKey> known, HostKeyVerifier usersOwn) {
        boolean userKnowsMore = !usersOwn.algorithms().isEmpty();
        if (known.isEmpty() && !userKnowsMore) {
            throw new SshException(
                    SshFailure.REFUSED, address, "the cloud has not told the machine's host keys yet", null);
        }
        HostKeyVerifier pinned = HostKeyVerifier.pinned(known);
        return !userKnowsMore ? pinned : known.isEmpty() ? usersOwn : pinned.or(usersOwn);
    }

    /** Gives what must not be shown: whoever knows it could pretend to be the machine, or log in to it. */
    List<Secret> secrets() {
        return List.of(Secret.of(hostKey.privateKeyText()), Secret.of(identity.privateKeyText()), Secret.of(nonce));
    }

    SshKeyPair identity() {
        return identity;
    }

    String checkNonceScript() {
        return takesUserData ? CheckNonce.script(dataDirectory, nonce) : "";
    }

    /**
     * Brings to a machine what user data would have told it; run as the login user. Empty if it had user data.
     *
     * <p>Running it again changes nothing.
     */
    String seedScript() {
        if (takesUserData) {
            return "";
        }
        StringBuilder script = new StringBuilder("set -e\numask 077\n")
                .append("mkdir -p \"$HOME/.ssh\"\n")
                .append("file=$HOME/.ssh/authorized_keys\n")
                .append("touch \"$file\"\n")
                // A last line without its end would swallow the first key.
                .append("[ -z \"$(tail -c 1 \"$file\")\" ] || echo >> \"$file\"\n")
                .append("add() { grep -qxF -e \"$1\" \"$file\" || printf '%s\\n' \"$1\" >> \"$file\"; }\n");
        for (SshPublicKey key : authorizedKeys) {
            script.append("add ").append(ShellWord.quote(key.line())).append('\n');
        }
        // In a pipe, where no list of processes shows it.
        return script.append("printf '%s\\n' ")
                .append(ShellWord.quote(nonce))
                .append(" | ")
                .append(Privileged.line("/bin/sh -c "
                        + ShellWord.quote(
                                "umask 022; mkdir -p " + ShellWord.quote(dataDirectory) + " && cat > " + nonceFile())))
                .append('\n')
                .toString();
    }

    private String nonceFile() {
        return ShellWord.quote(CheckNonce.file(dataDirectory));
    }

    /** Reads what the cloud says about the machine's host keys; empty if it does not know them yet. */
    static List<SshPublicKey> told(Instance instance) {
        try {
            return instance.hostKeys().stream().map(SshPublicKey::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new BootstrapException(
                    "the cloud tells a host key of instance " + instance.id() + " that cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }
}
