package dev.foothold.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.config.Secret;
import dev.foothold.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Secrets that come in pieces. */
class RedactedStreamTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Redactor redactor = Redactor.create();

    @Test
    void aSecretInPiecesIsReplaced() {
        redactor.hide(Secret.of("hunter2hunter2"));
        RedactedStream stream = redactor.stream(shown::write);

        for (String piece : "my hunter2hunter2 is good".split("")) {
            give(stream, piece);
        }
        stream.end();

        assertThat(shown()).isEqualTo("my (secret) is good");
    }

    @Test
    void onlyWhatMayBecomeASecretIsHeldBack() {
        redactor.hide(Secret.of("hunter2hunter2"));
        RedactedStream stream = redactor.stream(shown::write);

        give(stream, "a hunter");
        assertThat(shown()).isEqualTo("a ");
        give(stream, "s");
        assertThat(shown()).isEqualTo("a hunters");
        give(stream, " hunter2hu");
        stream.end();
        assertThat(shown()).isEqualTo("a hunters hunter2hu");
    }

    @Test
    void aLineIsShownWhenItEnds_whateverItEndsWith() {
        redactor.hide(Secret.of("hunter2hunter2"));
        RedactedStream stream = redactor.stream(shown::write);

        give(stream, "go, hunt\n");

        assertThat(shown()).isEqualTo("go, hunt\n");
    }

    @Test
    void emptyLinesWithoutEndDoNotFillTheHeap() {
        redactor.hide(Secret.of("hunter2hunter2"));
        RedactedStream stream = redactor.stream(shown::write);

        give(stream, "hunter2hunt");
        give(stream, "\n".repeat(100_000));

        assertThat(shown.size()).isGreaterThan(99_990);
    }

    @Test
    void oneWordStandsForNeighbours_alsoWhenTheyComeInPieces() {
        redactor.hide(List.of(Secret.of("first-one"), Secret.of("second-one"), Secret.of("one!")));
        RedactedStream stream = redactor.stream(shown::write);

        List.of("-first-", "one", "second-on", "e", "!", "first-one", "-").forEach(piece -> give(stream, piece));
        stream.end();

        assertThat(shown()).isEqualTo("-(secret)-");
    }

    @Test
    void aSecretThatIsAddedMeanwhileIsFound_alsoIfItHasBegun() {
        redactor.hide(Secret.of("hunter2hunter2"));
        RedactedStream stream = redactor.stream(shown::write);
        give(stream, "x hunter2");
        redactor.hide(Secret.of("nter2-late"));

        give(stream, "-late y");
        stream.end();

        assertThat(shown()).isEqualTo("x hu(secret) y");
    }

    @Test
    void bytesThatAreNoTextPassUnchanged() {
        redactor.hide(Secret.of("hunter2"));
        byte[] all = new byte[70_000];
        new Random(1).nextBytes(all);
        RedactedStream stream = redactor.stream(shown::write);

        stream.accept(all, 0, all.length);
        stream.end();

        assertThat(shown.toByteArray()).isEqualTo(all);
    }

    /** The reference looks at every place for every form; texts are made of few letters, so that much overlaps. */
    @Test
    void whateverThePieces_exactlyWhatASecretCoversIsReplaced() {
        Seeds.forEach(2_000, seed -> {
            Random random = new Random(seed);
            Redactor some = Redactor.create();
            List<byte[]> forms = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                Secret secret = Secret.of(letters(random, 4 + random.nextInt(6), "ab'%"));
                some.hide(secret);
                forms.addAll(SecretForms.of(secret));
            }
            String text = letters(random, random.nextInt(300), "aabb'%\\ ");
            for (int i = random.nextInt(5); i > 0; i--) {
                byte[] form = forms.get(random.nextInt(forms.size()));
                int at = random.nextInt(text.length() + 1);
                text = text.substring(0, at) + new String(form, StandardCharsets.UTF_8) + text.substring(at);
            }
            assertThat(inPieces(some, text, random)).isEqualTo(naive(forms, text));
        });
    }

    @Test
    void whateverThePieces_linesGiveTheSame() {
        Seeds.forEach(1_000, seed -> {
            Random random = new Random(seed);
            Redactor some = Redactor.create();
            String key = letters(random, 300, "abcdefgh").replaceAll("(.{64})", "$1\n");
            some.hide(List.of(Secret.of(key), Secret.of("correct-horse-battery")));
            String encoded = Base64.getMimeEncoder(76, new byte[] {'\n'})
                    .encodeToString(("x".repeat(random.nextInt(90)) + "correct-horse-battery " + key)
                            .getBytes(StandardCharsets.UTF_8));
            String text = "see\n" + key.substring(0, random.nextInt(key.length())) + "\r\n" + encoded + "\n\n\n" + key
                    + "\nend\n";

            String whole = some.redact(text);
            assertThat(inPieces(some, text, random)).isEqualTo(whole);
            assertThat(whole).endsWith("\n\n\n(secret)\nend\n");
        });
    }

    @Test
    @Timeout(60)
    void secretsMayBeAddedWhileManyStreamsAreOpen() throws Exception {
        redactor.hide(Secret.of("known-from-the-start"));
        CountDownLatch added = new CountDownLatch(1);
        AtomicLong wrong = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                RedactedStream stream = redactor.stream(out::write);
                while (added.getCount() > 0) {
                    give(stream, "known-from-");
                    give(stream, "the-start ");
                }
                give(stream, "added-number-19");
                stream.end();
                String text = out.toString(StandardCharsets.UTF_8);
                wrong.addAndGet(text.contains("known") || text.contains("added") ? 1 : 0);
            });
            threads.add(thread);
            thread.start();
        }
        for (int i = 0; i < 20; i++) {
            redactor.hide(Secret.of("added-number-" + i));
            Thread.yield();
        }
        added.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(wrong).hasValue(0);
    }

    private static String inPieces(Redactor redactor, String text, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RedactedStream stream = redactor.stream(out::write);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int longest = 1 + random.nextInt(40);
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, random.nextInt(longest + 1));
            stream.accept(bytes, at, length);
            at += length;
        }
        stream.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String naive(List<byte[]> forms, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean[] covered = new boolean[bytes.length];
        for (byte[] form : forms) {
            for (int at = 0; at + form.length <= bytes.length; at++) {
                if (Arrays.equals(bytes, at, at + form.length, form, 0, form.length)) {
                    Arrays.fill(covered, at, at + form.length, true);
                }
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at++) {
            if (!covered[at]) {
                out.write(bytes[at]);
            } else if (at == 0 || !covered[at - 1]) {
                out.writeBytes("(secret)".getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String letters(Random random, int length, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static void give(RedactedStream stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        stream.accept(bytes, 0, bytes.length);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
