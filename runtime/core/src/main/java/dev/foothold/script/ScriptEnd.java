package dev.foothold.script;

import java.util.Map;
import java.util.Objects;

/**
 * Says how a script ended.
 *
 * @param kind what ended it
 * @param exitStatus its exit status, 0 to 255; -1 unless it {@linkplain Kind#EXITED exited}
 * @param outputLength how many bytes it wrote, as far as known
 * @param note what else is to be said about the end; empty if nothing
 */
public record ScriptEnd(Kind kind, int exitStatus, long outputLength, String note) {

    /** What ended a script. */
    public enum Kind {
        /** It came to its end, or a signal killed it; the status says which. */
        EXITED,
        /** Its time was over; it was ended on the machine if that could be done, which the note says. */
        TIMED_OUT,
        /** Its process is gone without a status: it was killed together with the one that watches over it. */
        VANISHED,
        /** The machine rebooted while it ran, and it is not to be run again, or has been often enough. */
        REBOOTED
    }

    private static final int SIGNALLED = 128;

    /** Those that end scripts in practice; their numbers are the same on all systems. */
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "HUP", 2, "INT", 3, "QUIT", 4, "ILL", 6, "ABRT", 8, "FPE", 9, "KILL", 11, "SEGV", 13, "PIPE", 15,
            "TERM");

    /**
     * Creates an end.
     *
     * @param kind what ended the script
     * @param exitStatus its exit status, or -1
     * @param outputLength how many bytes it wrote
     * @param note what else is to be said, or an empty text
     */
    public ScriptEnd {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(note, "note");
    }

    /**
     * Tells whether the script succeeded.
     *
     * @return true for exit status 0
     */
    public boolean succeeded() {
        return kind == Kind.EXITED && exitStatus == 0;
    }

    /**
     * Describes the end for messages.
     *
     * @return for example {@code exit status 3}, or {@code exit status 137, as after signal KILL}
     */
    public String describe() {
        String what = switch (kind) {
            case EXITED -> {
                String signal = SIGNALS.get(exitStatus - SIGNALLED);
                yield "exit status " + exitStatus + (signal == null ? "" : ", as after signal " + signal);
            }
            case TIMED_OUT -> "its time being over";
            case VANISHED -> "its process gone without an exit status; something killed it, perhaps for want of memory";
            case REBOOTED -> "a reboot of the machine while it ran";
        };
        return note.isEmpty() ? what : what + "; " + note;
    }
}
