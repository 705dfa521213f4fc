package dev.foothold.script;

import dev.foothold.ssh.SshOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Tells apart what comes from the machine: the script's output, which is passed on and counted; records; and the noise of
 * start-up files and tools, of which the last lines are kept for error messages.
 */
final class RunOutput implements SshOutput {

    private static final byte[] MARK = RemoteProgram.OUTPUT.getBytes(StandardCharsets.UTF_8);
    private static final int LONGEST_LINE = 4096;
    private static final int NOISE = 10;

    private final SshOutput target;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream before = new ByteArrayOutputStream();
    private final Deque<String> noise = new ArrayDeque<>();
    private final Deque<String[]> records = new ArrayDeque<>();
    private int matched;
    private boolean begun;
    private long delivered;

    RunOutput(SshOutput target) {
        this.target = target;
    }

    @Override
    public void accept(Stream stream, byte[] bytes, int length) {
        if (stream == Stream.ERR) {
            for (int i = 0; i < length; i++) {
                control(bytes[i]);
            }
        } else if (begun) {
            deliver(bytes, length);
        } else {
            int start = seek(bytes, length);
            if (start < length) {
                deliver(Arrays.copyOfRange(bytes, start, length), length - start);
            }
        }
    }

    /** Looks for the mark, which begins with a character that is nowhere else in it; gives where the output begins. */
    private int seek(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte next = bytes[i];
            if (next == MARK[matched]) {
                matched++;
            } else {
                matched = next == MARK[0] ? 1 : 0;
            }
            if (before.size() < LONGEST_LINE) {
                before.write(next);
            }
            if (matched == MARK.length) {
                begun = true;
                return i + 1;
            }
        }
        return length;
    }

    private void deliver(byte[] bytes, int length) {
        target.accept(Stream.OUT, bytes, length);
        delivered += length;
    }

    private void control(byte next) {
        if (next != '\n') {
            if (line.size() < LONGEST_LINE) {
                line.write(next);
            }
            return;
        }
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        int record = text.indexOf(RemoteProgram.RECORD);
        if (record >= 0) {
            // Behind noise that did not end its line, perhaps.
            records.add(text.substring(record + RemoteProgram.RECORD.length()).split(" "));
        } else {
            noise.add(text.strip());
            if (noise.size() > NOISE) {
                noise.removeFirst();
            }
        }
    }

    /** Tells how many bytes of the output have been passed on. */
    long delivered() {
        return delivered;
    }

    /** Gives the words of the first record with a name; empty if there is none. */
    List<String> record(String name) {
        return records.stream()
                .filter(words -> words[0].equals(name))
                .findFirst()
                .map(List::of)
                .orElse(List.of());
    }

    /** Gives what was said by others than the program, on either stream. */
    String noise() {
        if (line.size() > 0) {
            control((byte) '\n');
        }
        String early = begun ? "" : before.toString(StandardCharsets.UTF_8).strip();
        String said = String.join("\n", noise).strip();
        return early.isEmpty() || said.isEmpty() ? early + said : said + "\n" + early;
    }
}
