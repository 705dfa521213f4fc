package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.ssh.SshOutput.Stream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CollectedOutputTest {

    private final CollectedOutput said = new CollectedOutput();

    private void says(Stream stream, byte... bytes) {
        said.accept(stream, bytes, bytes.length);
    }

    @Test
    void streamsAreKeptApartAndCharactersTogether() {
        byte[] umlaut = "ü".getBytes(StandardCharsets.UTF_8);
        says(Stream.OUT, umlaut[0]);
        says(Stream.ERR, (byte) '!');
        says(Stream.OUT, umlaut[1], (byte) '\n');

        assertThat(said.out()).isEqualTo("ü\n");
        assertThat(said.err()).isEqualTo("!");
        assertThat(said.isCut()).isFalse();
    }

    @Test
    void ofABufferOnlyWhatIsFilledCounts() {
        said.accept(Stream.OUT, "abc".getBytes(StandardCharsets.UTF_8), 2);

        assertThat(said.out()).isEqualTo("ab");
    }

    @Test
    void whatIsNoTextIsReplaced() {
        says(Stream.OUT, (byte) 'a', (byte) 0xff);

        assertThat(said.out()).isEqualTo("a\uFFFD");
    }

    @Test
    void ofAStreamThatDoesNotEndTheBeginningIsKept() {
        byte[] much = new byte[CollectedOutput.MOST_BYTES - 1];
        said.accept(Stream.OUT, much, much.length);
        says(Stream.OUT, (byte) 'a', (byte) 'b');
        says(Stream.ERR, (byte) 'c');

        assertThat(said.out()).hasSize(CollectedOutput.MOST_BYTES).endsWith("a");
        assertThat(said.err()).isEqualTo("c");
        assertThat(said.isCut()).isTrue();
    }
}
