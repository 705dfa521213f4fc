package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foothold.internal.key.PublicKeyBlob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of all kinds, as the real {@code ssh-keygen} writes them. */
class SshKeyFormatsTest {

    private static final String WORDS = "correct horse ñ battery";
    private static final Passphrase PASSPHRASE = Passphrase.of(WORDS);

    @TempDir
    Path directory;

    @BeforeEach
    void require() {
        OpenSsh.require();
    }

    static Stream<Arguments> kinds() {
        return Stream.of("rsa 2048", "ecdsa 256", "ecdsa 384", "ecdsa 521", "ed25519 256")
                .flatMap(kind -> Stream.of("RFC4716", "PEM", "PKCS8").map(format -> Arguments.of(kind, format)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void openKeys_areReadAndWritten(String kind, String format) throws Exception {
        Path file = generate(kind, format, "");

        SshKeyPair pair = SshKeyPair.read(file);

        assertRoundTrip(file, pair);
        assertThat(SshKeyPair.read(file, PASSPHRASE))
                .as("a passphrase does no harm")
                .isEqualTo(pair);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void lockedKeys_areOpenedWithThePassphrase(String kind, String format) throws Exception {
        Path file = generate(kind, format, WORDS);

        assertRoundTrip(file, SshKeyPair.read(file, PASSPHRASE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RFC4716", "PEM", "PKCS8"})
    void wrongPassphrase_isSaidSoWithTheFilesName(String format) throws Exception {
        Path file = generate("ecdsa 256", format, WORDS);

        for (String wrong : List.of("wrong-words", "", WORDS + "!")) {
            Throwable refusal = catchThrowable(() -> SshKeyPair.read(file, Passphrase.of(wrong)));
            assertThat(refusal)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("passphrase");
            assertThat(refusal.getMessage()).doesNotContain("wrong-words").doesNotContain(WORDS);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshKeyPair.read(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("is locked by a passphrase, and none was given");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"aes128-ctr", "aes192-cbc", "aes256-cbc", "aes128-gcm@openssh.com", "aes256-gcm@openssh.com"})
    void ciphersOfOpenSsh_areKnown(String cipher) throws Exception {
        Path file = generate("ed25519 256", "RFC4716", "");
        OpenSsh.keygen("-q", "-p", "-a", "2", "-Z", cipher, "-P", "", "-N", WORDS, "-f", file.toString());

        assertRoundTrip(file, SshKeyPair.read(file, PASSPHRASE));
    }

    @Test
    void cipherThatIsNotKnown_isSaidSoWithTheCure() throws Exception {
        Path file = generate("ed25519 256", "RFC4716", "");
        OpenSsh.keygen(
                "-q",
                "-p",
                "-a",
                "2",
                "-Z",
                "chacha20-poly1305@openssh.com",
                "-P",
                "",
                "-N",
                WORDS,
                "-f",
                file.toString());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshKeyPair.read(file, PASSPHRASE))
                .withMessageContaining("cipher that is not known; lock it anew with ssh-keygen -p");
    }

    @Test
    void shortRsaKey_isRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(512);
        assertRefused(pem(generator), "RSA key of only 512 bits");
    }

    @Test
    void otherAlgorithms_areNamedAsNotAccepted() throws Exception {
        KeyPairGenerator dsa = KeyPairGenerator.getInstance("DSA");
        dsa.initialize(1024);
        assertRefused(pem(dsa), "algorithm that is not accepted; use an Ed25519, ECDSA or RSA key");
        assertRefused(pem(KeyPairGenerator.getInstance("Ed448")), "algorithm that is not accepted");
        assertRefused(pem(KeyPairGenerator.getInstance("X25519")), "algorithm that is not accepted");
    }

    @Test
    void keysOfTheJdk_areRead() throws Exception {
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(new ECGenParameterSpec("secp256r1"));
        assertThat(SshKeyPair.parse(pem(curve)).publicKey().algorithm()).isEqualTo("ecdsa-sha2-nistp256");
        assertThat(SshKeyPair.parse(pem(KeyPairGenerator.getInstance("Ed25519")))
                        .publicKey()
                        .algorithm())
                .isEqualTo("ssh-ed25519");
    }

    @Test
    void signaturesOfAllKinds_areThoseOfTheKey() throws Exception {
        byte[] data = "data".getBytes(StandardCharsets.UTF_8);
        for (String kind : List.of("rsa 2048", "ecdsa 256", "ecdsa 384", "ecdsa 521", "ed25519 256")) {
            SshKeyPair pair = SshKeyPair.read(generate(kind, "RFC4716", ""));
            for (String algorithm :
                    PublicKeyBlob.signatureAlgorithms(pair.publicKey().algorithm())) {
                byte[] signature = pair.sign(algorithm, data);
                assertThat(verifies(pair, signature, data))
                        .as("%s %s", kind, algorithm)
                        .isTrue();
                data[0]++;
                assertThat(verifies(pair, signature, data))
                        .as("%s %s", kind, algorithm)
                        .isFalse();
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshKeyPair.generate("").sign("ssh-rsa", data))
                .withMessageContaining("makes no signatures of the kind \"ssh-rsa\"");
    }

    @Test
    void writtenFile_isItsOwnersOnlyAndReplacesNothing() throws Exception {
        SshKeyPair pair = SshKeyPair.generate("me");
        Path file = directory.resolve("written");
        pair.writeTo(file);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(SshKeyPair.read(file)).isEqualTo(pair);
        assertThatThrownBy(() -> pair.writeTo(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void missingOrHugeFile_isNamed() throws Exception {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> SshKeyPair.read(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
        Path huge = Files.write(directory.resolve("huge"), new byte[100_000]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshKeyPair.read(huge))
                .withMessageContaining(huge.toString())
                .withMessageContaining("too large");
    }

    @Test
    void passphrase_isNotPrintedAndNotShared() {
        char[] words = WORDS.toCharArray();
        Passphrase passphrase = Passphrase.of(words);
        Arrays.fill(words, 'x');

        assertThat(passphrase.words()).containsExactly(WORDS.toCharArray());
        assertThat(passphrase).hasToString("Passphrase[hidden]");
    }

    private Path generate(String kind, String format, String words) throws IOException, InterruptedException {
        String[] parts = kind.split(" ");
        Path file = directory.resolve(parts[0] + parts[1] + format + words.length());
        OpenSsh.keygen(
                "-q",
                "-t",
                parts[0],
                "-b",
                parts[1],
                "-m",
                format,
                "-a",
                "2",
                "-N",
                words,
                "-C",
                "me",
                "-f",
                file.toString());
        return file;
    }

    private void assertRoundTrip(Path file, SshKeyPair pair) throws IOException, InterruptedException {
        SshPublicKey expected = SshPublicKey.parse(Files.readString(Path.of(file + ".pub")));
        assertThat(pair.publicKey()).isEqualTo(expected);
        Path again = directory.resolve("again");
        Files.deleteIfExists(again);
        pair.writeTo(again);
        assertThat(SshPublicKey.parse(OpenSsh.keygen("-y", "-f", again.toString())))
                .isEqualTo(expected);
        assertThat(SshKeyPair.read(again).publicKey().line())
                .isEqualTo(pair.publicKey().line());
    }

    private static boolean verifies(SshKeyPair pair, byte[] signature, byte[] data) {
        return PublicKeyBlob.verifies("the key", pair.publicKey().blob(), signature, data);
    }

    private static String pem(KeyPairGenerator generator) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static void assertRefused(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshKeyPair.parse(text))
                .withMessageContaining(problem);
    }
}
