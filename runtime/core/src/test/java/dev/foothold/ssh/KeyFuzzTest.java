package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Feeds damaged keys to everything that reads keys. It may refuse them, in one way and in words that quote nothing.
 *
 * <p>A short run by default; {@code -Dfuzz.minutes=10} takes that long in all, with other seeds each time. A failure names
 * its seed.
 */
class KeyFuzzTest {

    private static final String WORDS = "words";
    private static final int ROUNDS = 1_500;
    private static final int TESTS = 4;
    private static final long MINUTES = Long.getLong("fuzz.minutes", 0);

    @TempDir
    Path directory;

    @Test
    void damagedPrivateKeys_areRefusedInOneWayOnlyAndNothingIsQuoted() throws Exception {
        OpenSsh.require();
        List<String> originals = new ArrayList<>();
        for (String kind : List.of("rsa 2048", "ecdsa 256", "ecdsa 521", "ed25519 256")) {
            for (String format : List.of("RFC4716", "PEM", "PKCS8")) {
                for (String words : List.of("", WORDS)) {
                    originals.add(generate(kind, format, words));
                }
            }
        }
        String[] texts = originals.toArray(String[]::new);
        Passphrase passphrase = Passphrase.of(WORDS);

        long taken = fuzz(
                ROUNDS,
                seed -> Mutations.feed(
                        damaged -> refuseQuietly(() -> SshKeyPair.parse(damaged, passphrase)), 100, seed, texts));

        assertThat(taken).as("some damage is harmless").isPositive();
    }

    @Test
    void damagedBytesInsideOfPrivateKeys_areRefusedInOneWayOnly() throws Exception {
        OpenSsh.require();
        List<byte[]> originals = new ArrayList<>();
        for (String kind : List.of("rsa 2048", "ecdsa 384", "ed25519 256")) {
            originals.add(decode(generate(kind, "RFC4716", "")));
        }
        byte[] pkcs8 = decode(generate("ecdsa 256", "PKCS8", ""));

        fuzz(ROUNDS, seed -> {
            Random random = new Random(seed);
            int taken = 0;
            for (int i = 0; i < 50; i++) {
                byte[] bytes = damage(originals.get(random.nextInt(originals.size())), random);
                taken += taken(() -> SshKeyPair.parse(armoured("OPENSSH PRIVATE KEY", bytes)));
                taken += taken(() -> SshKeyPair.parse(armoured("PRIVATE KEY", damage(pkcs8, random))));
            }
            return taken;
        });
    }

    @Test
    void damagedPublicKeysAndCertificates_areRefusedInOneWayOnly() throws Exception {
        OpenSsh.require();
        generate("ed25519 256", "RFC4716", "");
        Path key = directory.resolve("ed25519256RFC47160");
        Path authority = directory.resolve("authority");
        OpenSsh.keygen("-q", "-t", "ecdsa", "-N", "", "-f", authority.toString());
        OpenSsh.keygen(
                "-q",
                "-s",
                authority.toString(),
                "-h",
                "-I",
                "id",
                "-n",
                "*.example.org,h?",
                "-V",
                "-1h:+1h",
                key + ".pub");
        byte[] certificate = Base64.getDecoder()
                .decode(Files.readString(Path.of(key + "-cert.pub")).split(" ")[1]);
        byte[] blob = SshKeyPair.read(key).publicKey().blob();
        Set<SshPublicKey> authorities = Set.of(SshKeyPair.read(authority).publicKey());
        MachineAddress address = MachineAddress.of("h1", AddressScope.PUBLIC);
        assertThat(HostCertificate.parse(certificate).objection(address, List.of(), authorities, Instant.now()))
                .isEmpty();

        fuzz(ROUNDS, seed -> {
            Random random = new Random(seed);
            int taken = 0;
            for (int i = 0; i < 50; i++) {
                taken += taken(() -> SshPublicKey.of(damage(blob, random), ""));
                byte[] damaged = damage(certificate, random);
                boolean harmless = Arrays.equals(damaged, certificate);
                taken += taken(() -> assertThat(HostCertificate.parse(damaged)
                                .objection(address, List.of(), authorities, Instant.now())
                                .isEmpty())
                        .as("a certificate that was changed proves nothing")
                        .isEqualTo(harmless));
            }
            return taken;
        });
    }

    @Test
    void consoleOutput_neverBreaksTheReader() {
        String console = "-----BEGIN SSH HOST KEY FINGERPRINTS-----\n256 "
                + SshKeyPair.generate("").publicKey().fingerprint() + " root@h (ED25519)\n"
                + "-----END SSH HOST KEY FINGERPRINTS-----\n-----BEGIN SSH HOST KEY KEYS-----\n"
                + SshKeyPair.generate("").publicKey().line() + " root@h\n-----END SSH HOST KEY KEYS-----\n";

        fuzz(ROUNDS, seed -> Mutations.feed(HostKeyVerifier::printedOnConsole, 100, seed, console));
    }

    /** Something that may refuse what it is given. */
    private interface Reader {
        void read() throws Exception;
    }

    /** One run with one seed. */
    private interface Run {
        int run(long seed);
    }

    private static long fuzz(int rounds, Run run) {
        long taken = 0;
        if (MINUTES == 0) {
            for (long seed = 0; seed < rounds / 100; seed++) {
                taken += run(run, seed);
            }
            return taken;
        }
        long seed = System.nanoTime();
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES) / TESTS;
                System.nanoTime() < end;
                seed++) {
            taken += run(run, seed);
        }
        System.out.println("fuzzed up to seed " + seed + ", " + taken + " were taken");
        return taken;
    }

    private static int run(Run run, long seed) {
        try {
            return run.run(seed);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static void refuseQuietly(Reader reader) {
        try {
            reader.read();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasNoCause();
            assertThat(e.getMessage())
                    .startsWith("the SSH private key ")
                    .doesNotContainPattern("[A-Za-z0-9+/]{20}")
                    .doesNotContain(WORDS + " ");
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int taken(Reader reader) {
        try {
            reader.read();
            return 1;
        } catch (IllegalArgumentException e) {
            return 0;
        } catch (Exception e) {
            throw new AssertionError("only one kind of refusal is allowed", e);
        }
    }

    private static byte[] damage(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                default -> bytes = Arrays.copyOf(bytes, 1 + at);
            }
        }
        return bytes;
    }

    private static String armoured(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + kind + "-----\n";
    }

    private static byte[] decode(String text) {
        return Base64.getMimeDecoder()
                .decode(text.lines()
                        .filter(line -> !line.startsWith("-"))
                        .reduce("", String::concat)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private String generate(String kind, String format, String words) throws IOException, InterruptedException {
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
                "1",
                "-N",
                words,
                "-C",
                "",
                "-f",
                file.toString());
        return Files.readString(file);
    }
}
