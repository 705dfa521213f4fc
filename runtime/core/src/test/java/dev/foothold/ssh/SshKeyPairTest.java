package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshKeyPairTest {

    private static final SshKeyPair PAIR = SshKeyPair.generate("user@test");

    @Test
    void generate_makesAnEd25519KeyThatNobodyElseHas() {
        assertThat(PAIR.publicKey().algorithm()).isEqualTo("ssh-ed25519");
        assertThat(PAIR.publicKey().comment()).isEqualTo("user@test");
        assertThat(PAIR).isNotEqualTo(SshKeyPair.generate("user@test"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh", " blank é "})
    void privateKeyText_isReadBack(String comment) {
        SshKeyPair pair = SshKeyPair.generate(comment);

        SshKeyPair read = SshKeyPair.parse(pair.privateKeyText());

        assertThat(read).isEqualTo(pair).hasSameHashCodeAs(pair);
        assertThat(read.publicKey().comment()).isEqualTo(comment.strip());
        assertThat(SshPublicKey.parse(read.publicKey().line())).isEqualTo(pair.publicKey());
    }

    @Test
    void parse_takesTheLineEndsOfOtherSystems() {
        assertThat(SshKeyPair.parse("\r\n" + PAIR.privateKeyText().replace("\n", "\r\n")))
                .isEqualTo(PAIR);
    }

    @Test
    void toString_showsOnlyTheFingerprint() {
        assertThat(PAIR).hasToString("SshKeyPair[" + PAIR.publicKey().fingerprint() + "]");
        assertThat(SshOptions.defaults().withIdentity(PAIR).toString()).contains(PAIR.toString());
    }

    @Test
    void comment_mustBeOneLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshKeyPair.generate("a\nssh-ed25519 AAAA"))
                .withMessageContaining("control characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ssh-ed25519 AAAA", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
    void parse_wantsAPrivateKey(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshKeyPair.parse(text))
                .withMessageContaining("is no private key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN OPENSSH PRIVATE KEY-----",
                "x -----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY----- x"
            })
    void parse_wantsNothingAroundAKeyOfOpenSsh(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshKeyPair.parse(text))
                .withMessageContaining("does not stand between \"-----BEGIN OPENSSH PRIVATE KEY-----\"");
    }

    @Test
    void parse_refusesHalvesThatDoNotBelongTogether() {
        String own = keyData(PAIR);
        String other = keyData(SshKeyPair.generate("user@test"));
        // The public half stands twice in front of the private one, which begins at the same place in both texts.
        int secret = 161 * 4 / 3;
        String mixed = own.substring(0, secret) + other.substring(secret, secret + 36) + own.substring(secret + 36);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshKeyPair.parse(
                        "-----BEGIN OPENSSH PRIVATE KEY-----\n" + mixed + "\n-----END OPENSSH PRIVATE KEY-----"))
                .withMessageContaining("public and private half differ");
    }

    @Test
    void parse_refusesDamagedKeysInOneWayOnlyAndQuotesNothing() {
        String text = PAIR.privateKeyText();
        int taken = Mutations.feed(
                damaged -> {
                    try {
                        SshKeyPair.parse(damaged);
                    } catch (IllegalArgumentException e) {
                        assertThat(e).hasNoCause();
                        assertThat(e.getMessage()).doesNotContainPattern("[A-Za-z0-9+/]{20}");
                        throw e;
                    }
                },
                20_000,
                2,
                text);

        assertThat(taken).as("some damage is harmless, most is not").isBetween(10, 6_000);
    }

    @Test
    void privateKeyText_isAKeyForOpenSsh(@TempDir Path directory) throws IOException, InterruptedException {
        OpenSsh.require();
        Path file = OpenSsh.writePrivate(directory.resolve("key"), PAIR.privateKeyText());

        assertThat(OpenSsh.keygen("-y", "-f", file.toString()))
                .isEqualTo(PAIR.publicKey().line());
        assertThat(OpenSsh.keygen("-l", "-f", file.toString()))
                .isEqualTo("256 " + PAIR.publicKey().fingerprint() + " user@test (ED25519)");
    }

    @Test
    void keysOfOpenSsh_areRead(@TempDir Path directory) throws IOException, InterruptedException {
        OpenSsh.require();
        Path file = directory.resolve("key");
        OpenSsh.keygen("-q", "-t", "ed25519", "-N", "", "-C", "from openssh", "-f", file.toString());

        SshKeyPair pair = SshKeyPair.parse(Files.readString(file));

        assertThat(pair.publicKey().line())
                .isEqualTo(Files.readString(directory.resolve("key.pub")).strip());
        Path again = OpenSsh.writePrivate(directory.resolve("again"), pair.privateKeyText());
        assertThat(OpenSsh.keygen("-y", "-f", again.toString()))
                .isEqualTo(pair.publicKey().line());
    }

    private static String keyData(SshKeyPair pair) {
        return pair.privateKeyText()
                .lines()
                .filter(line -> !line.startsWith("-"))
                .reduce("", String::concat);
    }
}
