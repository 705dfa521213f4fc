package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostKeyVerifierTest {

    private static final MachineAddress ADDRESS = MachineAddress.of("192.0.2.7", AddressScope.PUBLIC);
    private static final SshPublicKey KNOWN = SshKeyPair.generate("known").publicKey();
    private static final SshPublicKey STRANGER = SshKeyPair.generate("stranger").publicKey();

    @Test
    void pinnedKey_isAcceptedAndNoOther() {
        HostKeyVerifier verifier = HostKeyVerifier.pinned(List.of(KNOWN));

        assertThat(objection(verifier, KNOWN)).isEmpty();
        assertThat(objection(verifier, STRANGER))
                .hasValue("only ssh-ed25519 " + KNOWN.fingerprint()
                        + " is trusted; it is another machine, or its keys were replaced");
        assertThat(verifier.algorithms()).containsExactly("ssh-ed25519");
        assertThat(verifier.knownHosts("h")).containsExactly("h " + KNOWN.line());
    }

    @Test
    void withoutAnythingKnown_nobodyIsAccepted() {
        for (HostKeyVerifier verifier : List.of(
                HostKeyVerifier.pinned(List.of()),
                HostKeyVerifier.signedBy(List.of()),
                HostKeyVerifier.printedOnConsole("nothing yet"),
                SshOptions.defaults().hostKeys())) {
            assertThat(verifier.algorithms()).isEmpty();
            assertThat(objection(verifier, KNOWN)).isPresent();
            assertThat(verifier.knownHosts("h")).isEmpty();
        }
    }

    @Test
    void fingerprintOnTheConsole_isAccepted() {
        HostKeyVerifier verifier =
                HostKeyVerifier.printedOnConsole("""
                [   14.2] cloud-init[913]: Generating public/private rsa key pair.
                ci-info: no authorized SSH keys fingerprints found for user debian.
                <14>Nov 24 05:40:00 ec2: -----BEGIN SSH HOST KEY FINGERPRINTS-----
                <14>Nov 24 05:40:00 ec2: 256 SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA root@h (ECDSA)
                <14>Nov 24 05:40:00 ec2: 256 %s root@h (ED25519)
                <14>Nov 24 05:40:00 ec2: -----END SSH HOST KEY FINGERPRINTS-----
                256 %s root@h (ED25519)
                """.formatted(KNOWN.fingerprint(), STRANGER.fingerprint()));

        assertThat(verifier.algorithms()).containsExactly("ecdsa-sha2-nistp256", "ssh-ed25519");
        assertThat(objection(verifier, KNOWN)).isEmpty();
        assertThat(objection(verifier, STRANGER))
                .as("what stands outside of the block proves nothing")
                .hasValueSatisfying(why -> assertThat(why).contains(KNOWN.fingerprint()));
    }

    @Test
    void keyOnTheConsole_isAccepted() {
        HostKeyVerifier verifier = HostKeyVerifier.printedOnConsole("-----BEGIN SSH HOST KEY KEYS-----\r\n"
                + "ssh-ed25519 AAAA torn\r\n" + KNOWN.line() + "\r\n-----END SSH HOST KEY KEYS-----\r\n");

        assertThat(objection(verifier, KNOWN)).isEmpty();
        assertThat(objection(verifier, STRANGER)).isPresent();
    }

    @Test
    void either_isEnough() {
        SshPublicKey third = SshKeyPair.generate("third").publicKey();
        HostKeyVerifier verifier = HostKeyVerifier.pinned(List.of(KNOWN)).or(HostKeyVerifier.pinned(List.of(STRANGER)));

        assertThat(objection(verifier, KNOWN)).isEmpty();
        assertThat(objection(verifier, STRANGER)).isEmpty();
        assertThat(objection(verifier, third))
                .hasValueSatisfying(why -> assertThat(why).contains(KNOWN.fingerprint(), STRANGER.fingerprint()));
        assertThat(verifier.algorithms()).containsExactly("ssh-ed25519");
        assertThat(verifier.knownHosts("h")).hasSize(2);
    }

    @Test
    void hostWithoutACertificate_isNotAcceptedForAnAuthority() {
        HostKeyVerifier verifier = HostKeyVerifier.signedBy(List.of(KNOWN), "h.example.org");

        assertThat(objection(verifier, KNOWN))
                .hasValueSatisfying(why -> assertThat(why).contains("no certificate"));
        assertThat(verifier.algorithms())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).endsWith("-cert-v01@openssh.com"));
        assertThat(verifier.knownHosts("h")).containsExactly("@cert-authority h,h.example.org " + KNOWN.line());
    }

    @ParameterizedTest
    @CsvSource({
        "h, h, true",
        "H.Example, h.example, true",
        "h, hh, false",
        "*, anything, true",
        "*.example.org, a.example.org, true",
        "*.example.org, example.org, false",
        "h?, h1, true",
        "h?, h, false",
        "a*b*c, a-b-b-c, true",
        "a*b*c, a-b-b, false",
        "'', '', true",
        "'', h, false"
    })
    void patternsOfNames_areThoseOfOpenSsh(String pattern, String text, boolean matches) {
        assertThat(HostCertificate.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void patternsOfNames_takeNoLongTime() {
        assertThat(HostCertificate.matches("*a".repeat(2_000) + "b", "a".repeat(4_000)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-oProxyCommand=x", "a\nb"})
    void userThatSshWouldMistake_isRefused(String user) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshOptions.defaults().withUser(user))
                .withMessageContaining("the SSH user");
    }

    @Test
    void portAndKeepAlive_areChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshOptions.defaults().withPort(0))
                .withMessageContaining("from 1 to 65535, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshOptions.defaults().withKeepAlive(Duration.ofMillis(10)))
                .withMessageContaining("must be zero or at least 1 s");
    }

    private static Optional<String> objection(HostKeyVerifier verifier, SshPublicKey key) {
        return verifier.objection(ADDRESS, new OfferedHostKey(key, null));
    }
}
