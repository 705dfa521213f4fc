package dev.foothold.sample.manual;

import dev.foothold.annotation.Credential;
import dev.foothold.annotation.Setting;
import dev.foothold.config.Secret;
import java.util.Optional;

/**
 * Says with which key the machines are logged in to.
 *
 * @param identity the text of a private key file, as {@code ssh-keygen} writes it
 * @param passphrase what opens it, if it is locked
 */
@Credential("ssh-key")
public record ManualCredential(
        @Setting(doc = "The private key that the machines let in.", env = "MANUAL_IDENTITY", orFile = "identity-file")
        Secret identity,

        @Setting(doc = "What opens the private key, if it is locked.", env = "MANUAL_PASSPHRASE")
        Optional<Secret> passphrase) {}
