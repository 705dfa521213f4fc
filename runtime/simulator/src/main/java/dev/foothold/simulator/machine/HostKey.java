package dev.foothold.simulator.machine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Reads, makes and writes a machine's Ed25519 host key in OpenSSH's format. */
final class HostKey {
    /** Where a machine keeps its host key, as every OpenSSH server does. */
    static final String PATH = "/etc/ssh/ssh_host_ed25519_key";

    private HostKey() {}

    /** Reads an unencrypted private key; the exception does not repeat any of it. */
    static KeyPair parse(byte[] pem) throws IOException {
        JdkEd25519.ensure();
        try {
            Iterable<KeyPair> pairs = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName("host key"), new ByteArrayInputStream(pem), null);
            if (pairs != null) {
                for (KeyPair pair : pairs) {
                    return pair;
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("not an OpenSSH private key", e);
        }
        throw new IOException("not an OpenSSH private key");
    }

    static KeyPair generate() {
        JdkEd25519.ensure();
        try {
            KeyPairGenerator generator = SecurityUtils.getKeyPairGenerator(SecurityUtils.ED25519);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make Ed25519 keys.", e);
        }
    }

    static String privateText(KeyPair pair) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new OpenSSHKeyPairResourceWriter().writePrivateKey(pair, "", null, out);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot write a host key in OpenSSH's format", e);
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    static String publicText(KeyPair pair) {
        return PublicKeyEntry.toString(pair.getPublic()) + "\n";
    }
}
