package dev.foothold.cloudinit;

import dev.foothold.ssh.SshKeyPair;

/** A key a machine proves itself with. Its text is kept, for a key pair is written differently each time. */
final class HostKey {

    private final SshKeyPair pair;
    private final String privateText;

    HostKey(SshKeyPair pair) {
        this.pair = pair;
        this.privateText = pair.privateKeyText();
    }

    /** The name of its kind in cloud-config. */
    String kind() {
        String algorithm = pair.publicKey().algorithm();
        return algorithm.startsWith("ecdsa-") ? "ecdsa" : algorithm.substring("ssh-".length());
    }

    String privateText() {
        return privateText;
    }

    String publicText() {
        return pair.publicKey().line();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostKey that && pair.equals(that.pair);
    }

    @Override
    public int hashCode() {
        return pair.hashCode();
    }

    @Override
    public String toString() {
        return pair.toString();
    }
}
