package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.ssh.SshFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever a server says before it says that it is one. Some thousand greetings by default; for ten minutes with
 * {@code mvn test -pl runtime/core -am -Dtest=GreetingFuzzTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dfuzz.minutes=10}. A failure names its seed.
 */
class GreetingFuzzTest {

    private static final int SHORT_RUN = 20_000;
    private static final int MOST_READ = 16 * 1024 + 1;

    private static final List<String> WORDS = List.of(
            "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3",
            "SSH-1.99-x",
            "SSH-1.5-old",
            "SSH-",
            "HTTP/1.1 400 Bad Request",
            "Exceeded MaxStartups",
            "Not allowed at this time",
            "220 mail ready",
            "\u00c3\u0028\u00ff\u00fe",
            "\0\1\2",
            "x".repeat(300),
            "y".repeat(17_000),
            "\u001b[31mred",
            "");

    private static final List<String> ENDS = List.of("\r\n", "\n", "\r", "\n\n", " ", "\0");

    @Test
    void everyGreetingIsTakenOrRefusedInOneOfFewWays() throws Exception {
        long minutes = Long.getLong("fuzz.minutes", 0);
        Deadline deadline = Deadline.after(Duration.ofMinutes(minutes));
        long first = minutes == 0 ? 0 : System.nanoTime();
        long taken = 0;
        long rounds = 0;
        while (minutes == 0 ? rounds < SHORT_RUN : !deadline.isOver()) {
            long seed = first + rounds++;
            byte[] said = greeting(new Random(seed));
            try {
                taken += check(said) ? 1 : 0;
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
        assertThat(taken).as("greetings that were taken, of " + rounds).isBetween(rounds / 20, rounds * 19 / 20);
    }

    private static boolean check(byte[] said) throws IOException {
        CountingStream in = new CountingStream(said);
        try {
            String identification = new String(Greeting.read(in), StandardCharsets.ISO_8859_1);
            assertThat(identification)
                    .matches("(?s)SSH-(2\\.0|1\\.99)-.*\r\n")
                    .hasSizeLessThanOrEqualTo(255)
                    .doesNotContain("\0");
            assertThat(new String(said, StandardCharsets.ISO_8859_1)).contains(identification.strip());
            return true;
        } catch (Greeting.Refused e) {
            assertThat(e.failure()).isIn(SshFailure.BANNER, SshFailure.THROTTLED);
            assertThat(e.getMessage()).matches("[\\x20-\\x7e…]{1,200}");
            return false;
        } catch (EOFException e) {
            assertThat(new String(said, StandardCharsets.ISO_8859_1)).isBlank();
            return false;
        } finally {
            assertThat(in.count).isLessThanOrEqualTo(MOST_READ);
        }
    }

    private static byte[] greeting(Random random) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int lines = random.nextInt(5); lines >= 0; lines--) {
            byte[] word = pick(WORDS, random).getBytes(StandardCharsets.ISO_8859_1);
            for (int damages = random.nextInt(3); damages > 0 && word.length > 0; damages--) {
                word[random.nextInt(word.length)] = (byte) random.nextInt();
            }
            text.write(word, 0, random.nextInt(4) == 0 ? random.nextInt(word.length + 1) : word.length);
            text.writeBytes(pick(ENDS, random).getBytes(StandardCharsets.ISO_8859_1));
        }
        return text.toByteArray();
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    /** Counts what is read. */
    private static final class CountingStream extends InputStream {

        private final InputStream in;
        private int count;

        CountingStream(byte[] bytes) {
            in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            count++;
            return in.read();
        }
    }
}
