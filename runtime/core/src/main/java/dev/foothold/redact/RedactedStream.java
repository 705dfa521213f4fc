package dev.foothold.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Passes bytes on as they come, with {@value Redactor#MASK} for each secret, also where one is cut into pieces. Held back
 * are only bytes that may still turn out to be the beginning of a secret; {@link #end} passes on what is left.
 *
 * <p>For one thread at a time. Needs memory for the longest secret, however much passes through.
 */
public final class RedactedStream {

    private static final byte[] MASK = Redactor.MASK.getBytes(StandardCharsets.UTF_8);
    private static final int SLICE = 16 * 1024;

    /** More line breaks than this, one after the other, are in no secret. */
    private static final int MOST_BREAKS = 4;

    /** Not even just before the bytes that are here. */
    private static final int NOWHERE = -2;

    private final Supplier<Automaton> newest;
    private final ByteSink sink;
    private Automaton automaton;

    /** What was taken, but not passed on: bytes 0 to {@code filled}. */
    private byte[] bytes = {};

    private int filled;
    private int state;

    /** What in there is to be masked: apart from each other, in order. */
    private int[] maskedFrom = new int[4];

    private int[] maskedTo = new int[4];
    private int masked;

    /** Whether what was passed on last is a mask, which also stands for what is masked next to it. */
    private boolean endsMasked;

    private boolean found;

    /** How many bytes without a blank were passed on last, and where the line broke last and how often. */
    private int unbroken;

    private int lastBreak = NOWHERE;
    private int breaks;

    RedactedStream(Supplier<Automaton> newest, ByteSink sink) {
        this.newest = newest;
        this.sink = sink;
        this.automaton = newest.get();
    }

    /**
     * Takes bytes.
     *
     * @param buffer holds them; not changed, not kept
     * @param from where they begin
     * @param length how many there are
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public void accept(byte[] buffer, int from, int length) {
        Automaton now = newest.get();
        if (now != automaton) {
            automaton = now;
            state = Automaton.ROOT;
            scan(0);
        }
        if (automaton.isEmpty()) {
            if (length > 0) {
                sink.accept(buffer, from, length);
            }
            return;
        }
        for (int at = 0; at < length; at += SLICE) {
            take(buffer, from + at, Math.min(SLICE, length - at));
        }
    }

    /** Passes on what is left: no more will come that belongs to it. What is taken afterwards is a new beginning. */
    public void end() {
        release(filled);
        state = Automaton.ROOT;
        unbroken = 0;
        lastBreak = NOWHERE;
        endsMasked = false;
    }

    /** Tells whether there was a secret so far. */
    boolean hasFound() {
        return found;
    }

    private void take(byte[] buffer, int from, int length) {
        if (bytes.length < filled + length) {
            bytes = Arrays.copyOf(bytes, filled + length);
        }
        System.arraycopy(buffer, from, bytes, filled, length);
        int first = filled;
        filled += length;
        scan(first);
        release(start(filled, automaton.depth(state)));
    }

    private void scan(int first) {
        Automaton words = automaton;
        byte[] text = bytes;
        int end = filled;
        int now = state;
        int at = first;
        while (at < end) {
            if (now == Automaton.ROOT) {
                at = words.skip(text, at, end);
            }
            byte next = text[at];
            if (next == '\n' || next == '\r') {
                now = afterBreak(now, at);
            } else {
                now = words.next(now, next);
                int length = words.longestMatch(now);
                if (length > 0) {
                    mask(start(at + 1, length), at + 1);
                }
            }
            at++;
        }
        state = now;
    }

    private int afterBreak(int before, int at) {
        boolean again = lastBreak == at - 1;
        breaks = again ? breaks + 1 : 1;
        lastBreak = at;
        if (breaks > MOST_BREAKS) {
            return Automaton.ROOT;
        }
        return again || isWrapped(at) ? before : automaton.afterBreak(before);
    }

    /** Tells whether a line looks as if it had been broken because it was too long. */
    private boolean isWrapped(int end) {
        int at = end;
        while (at > 0 && end - at < Automaton.WRAPPED && !isBlank(bytes[at - 1])) {
            at--;
        }
        return end - at + (at == 0 ? unbroken : 0) >= Automaton.WRAPPED;
    }

    private static boolean isBlank(byte character) {
        return character >= 0 && character <= ' ';
    }

    /** Finds where so many bytes begin that are no line breaks. */
    private int start(int end, int length) {
        if (length == 0 || end - length > lastBreak) {
            return end - length;
        }
        int at = end;
        for (int left = length; left > 0; at--) {
            if (bytes[at - 1] != '\n' && bytes[at - 1] != '\r') {
                left--;
            }
        }
        return at;
    }

    private void mask(int from, int to) {
        found = true;
        int end = to;
        while (masked > 0 && maskedFrom[masked - 1] >= from) {
            masked--;
            end = Math.max(end, maskedTo[masked]);
        }
        if (masked > 0 && maskedTo[masked - 1] >= from) {
            maskedTo[masked - 1] = Math.max(end, maskedTo[masked - 1]);
            return;
        }
        if (masked == maskedFrom.length) {
            maskedFrom = Arrays.copyOf(maskedFrom, 2 * masked);
            maskedTo = Arrays.copyOf(maskedTo, 2 * masked);
        }
        maskedFrom[masked] = from;
        maskedTo[masked] = end;
        masked++;
    }

    /** Passes on what is decided: whatever comes, no secret begins before the limit. */
    private void release(int limit) {
        int at = 0;
        int done = 0;
        while (done < masked && maskedFrom[done] < limit) {
            show(at, maskedFrom[done]);
            if (!endsMasked) {
                sink.accept(MASK, 0, MASK.length);
                endsMasked = true;
            }
            at = Math.min(maskedTo[done], limit);
            if (maskedTo[done] > limit) {
                maskedFrom[done] = limit;
                break;
            }
            done++;
        }
        show(at, limit);
        forget(limit, done);
    }

    private void show(int from, int to) {
        if (from < to) {
            sink.accept(bytes, from, to - from);
            endsMasked = false;
        }
    }

    private void forget(int limit, int done) {
        int at = limit;
        while (at > 0 && limit - at < Automaton.WRAPPED && !isBlank(bytes[at - 1])) {
            at--;
        }
        unbroken = Math.min(Automaton.WRAPPED, limit - at + (at == 0 ? unbroken : 0));
        System.arraycopy(bytes, limit, bytes, 0, filled - limit);
        filled -= limit;
        lastBreak = Math.max(lastBreak - limit, NOWHERE);
        masked -= done;
        for (int i = 0; i < masked; i++) {
            maskedFrom[i] = maskedFrom[i + done] - limit;
            maskedTo[i] = maskedTo[i + done] - limit;
        }
    }
}
