package dev.foothold.bootstrap;

import dev.foothold.redact.RedactedStream;
import dev.foothold.redact.Redactor;
import dev.foothold.ssh.SshOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Cuts what a command writes into lines, without secrets, each stream for itself, and keeps the last ones for the error
 * message.
 */
final class OutputLines implements SshOutput {

    private static final int TAIL = 20;
    // A program that never ends its line must not fill the heap.
    private static final int LONGEST_LINE = 16 * 1024;

    private final Consumer<String> sink;
    private final Redactor redactor;
    private final Map<Stream, RedactedStream> streams = new EnumMap<>(Stream.class);
    private final Map<Stream, ByteArrayOutputStream> open = new EnumMap<>(Stream.class);
    private final Deque<String> tail = new ArrayDeque<>();

    OutputLines(Redactor redactor, Consumer<String> sink) {
        this.redactor = redactor;
        this.sink = sink;
    }

    @Override
    public void accept(Stream stream, byte[] bytes, int length) {
        streams.computeIfAbsent(
                        stream,
                        s -> redactor.stream((shown, from, count) ->
                                cut(open.computeIfAbsent(s, t -> new ByteArrayOutputStream()), shown, from, count)))
                .accept(bytes, 0, length);
    }

    private void cut(ByteArrayOutputStream line, byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n') {
                emit(line);
            } else {
                line.write(bytes[i]);
                if (line.size() >= LONGEST_LINE) {
                    emit(line);
                }
            }
        }
    }

    /** Passes on what came after the last line break. */
    void end() {
        streams.values().forEach(RedactedStream::end);
        open.values().stream().filter(line -> line.size() > 0).forEach(this::emit);
    }

    List<String> tail() {
        return List.copyOf(tail);
    }

    private void emit(ByteArrayOutputStream bytes) {
        String line = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        tail.addLast(text);
        if (tail.size() > TAIL) {
            tail.removeFirst();
        }
        sink.accept(text);
    }
}
