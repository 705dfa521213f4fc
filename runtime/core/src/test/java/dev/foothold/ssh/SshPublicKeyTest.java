package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SshPublicKeyTest {

    /** The private half was thrown away. */
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHooBY/fYDTHDZSYMpHTPzwjGb+p2jm3T7/HfH/krsom";

    private static final String FINGERPRINT = "SHA256:4aXSlDDjaySRmduUmE8U513phjS8Tlf5TpXpd6NEeOU";

    @Test
    void parse_readsAlgorithmKeyAndComment() {
        SshPublicKey key = SshPublicKey.parse("  " + KEY + " me and my laptop\n");

        assertThat(key.algorithm()).isEqualTo("ssh-ed25519");
        assertThat(key.comment()).isEqualTo("me and my laptop");
        assertThat(key.blob()).hasSize(51);
        assertThat(key.line()).isEqualTo(KEY + " me and my laptop");
    }

    @Test
    void line_hasNoTrailingBlankWithoutComment() {
        assertThat(SshPublicKey.parse(KEY).line()).isEqualTo(KEY);
    }

    @Test
    void fingerprint_isTheOneOfOpenSsh() {
        assertThat(SshPublicKey.parse(KEY).fingerprint()).isEqualTo(FINGERPRINT);
    }

    @Test
    void equality_ignoresTheComment() {
        SshPublicKey key = SshPublicKey.parse(KEY + " one");

        assertThat(key).isEqualTo(SshPublicKey.parse(KEY + " two")).hasSameHashCodeAs(SshPublicKey.parse(KEY));
        assertThat(key).isNotEqualTo(SshKeyPair.generate("one").publicKey());
    }

    @Test
    void blob_isACopy() {
        SshPublicKey key = SshPublicKey.parse(KEY);
        key.blob()[20] ^= 1;

        assertThat(key).isEqualTo(SshPublicKey.parse(KEY));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void parse_saysWhatIsWrong(String line, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshPublicKey.parse(line))
                .withMessageContaining(problem);
    }

    static Stream<Arguments> garbage() {
        String base64 = KEY.substring(KEY.indexOf(' ') + 1);
        return Stream.of(
                arguments("", "empty"),
                arguments(" \n", "empty"),
                arguments("hello", "does not begin with one of the algorithms"),
                arguments("ssh-dss AAAAB3NzaC1kc3MAAAAA", "does not begin with one of the algorithms"),
                arguments("no-pty,command=\"echo a b\" " + KEY, "options in front"),
                arguments("restrict " + KEY, "options in front"),
                arguments("ssh-ed25519", "nothing after \"ssh-ed25519\""),
                arguments("ssh-ed25519 ???", "not valid Base64"),
                arguments("ssh-ed25519 AAAA", "cut off"),
                arguments("ssh-rsa " + base64, "another algorithm"),
                arguments("ssh-ed25519 " + base64.substring(0, base64.length() - 4), "cut off"),
                arguments("ssh-ed25519 " + base64 + "AAAAAA==", "do not belong"),
                arguments("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAAQ==", "cut off"),
                arguments(KEY + " a\n" + KEY, "one line"),
                arguments(KEY + " a\u0007", "control characters"),
                arguments("-----BEGIN OPENSSH PRIVATE KEY-----", "private key"));
    }

    private static Arguments arguments(String line, String problem) {
        return Arguments.of(line, problem);
    }

    @Test
    void parse_refusesDamagedKeysInOneWayOnly() {
        int taken = Mutations.feed(SshPublicKey::parse, 20_000, 1, KEY + " me@laptop", "no-pty " + KEY);

        assertThat(taken).as("some damage is harmless, most is not").isBetween(100, 12_000);
    }

    @ParameterizedTest
    @CsvSource({"ed25519,256", "rsa,2048", "ecdsa,256", "ecdsa,384", "ecdsa,521"})
    void keysOfOpenSsh_areReadAndGivenBackUnchanged(String type, String bits, @TempDir Path directory)
            throws IOException, InterruptedException {
        OpenSsh.require();
        Path file = directory.resolve("key");
        OpenSsh.keygen("-q", "-t", type, "-b", bits, "-N", "", "-C", "it's \"me\"", "-f", file.toString());
        String line = Files.readString(directory.resolve("key.pub"));

        SshPublicKey key = SshPublicKey.parse(line);

        assertThat(key.line()).isEqualTo(line.strip());
        assertThat(OpenSsh.keygen("-l", "-f", file + ".pub")).contains(" " + key.fingerprint() + " ");
    }
}
