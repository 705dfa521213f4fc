package dev.foothold.bench.redact;

import com.sun.management.ThreadMXBean;
import dev.foothold.bench.Trial;
import dev.foothold.config.Secret;
import dev.foothold.redact.RedactedStream;
import dev.foothold.redact.Redactor;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sends some megabytes through something that replaces secrets, piece by piece. */
final class Pass implements Trial {

    static final String OURS = "Foothold";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String name;
    private final SampleText text;
    private final int megabytes;
    private final Filter filter;
    private long allocated;

    /** Takes pieces. */
    private interface Filter {

        void accept(byte[] bytes, int from, int length);

        /** Gives how many bytes came out. */
        long end();
    }

    private Pass(String name, SampleText text, int megabytes, Filter filter) {
        this.name = name;
        this.text = text;
        this.megabytes = megabytes;
        this.filter = filter;
    }

    static Pass ours(SampleText text, int megabytes) {
        Redactor redactor = Redactor.create();
        redactor.hide(text.secrets().stream().map(Secret::of).toList());
        long[] shown = {0};
        RedactedStream stream = redactor.stream((bytes, from, length) -> shown[0] += length);
        return new Pass(OURS, text, megabytes, new Filter() {
            @Override
            public void accept(byte[] bytes, int from, int length) {
                stream.accept(bytes, from, length);
            }

            @Override
            public long end() {
                stream.end();
                return shown[0];
            }
        });
    }

    /** Finds what lies in one piece, and nothing else. */
    static Pass regularExpression(SampleText text, int megabytes) {
        Pattern any = Pattern.compile(text.forms().stream().map(Pattern::quote).collect(Collectors.joining("|")));
        String mask = Matcher.quoteReplacement(Redactor.MASK);
        return new Pass("regular expression", text, megabytes, new Pieces() {
            @Override
            String replaced(String piece) {
                return any.matcher(piece).replaceAll(mask);
            }
        });
    }

    /** Finds what lies in one piece, and nothing else. */
    static Pass oneByOne(SampleText text, int megabytes) {
        List<String> forms = text.forms();
        return new Pass("String.replace", text, megabytes, new Pieces() {
            @Override
            String replaced(String piece) {
                String shown = piece;
                for (String form : forms) {
                    shown = shown.replace(form, Redactor.MASK);
                }
                return shown;
            }
        });
    }

    private abstract static class Pieces implements Filter {

        private long shown;

        abstract String replaced(String piece);

        @Override
        public void accept(byte[] bytes, int from, int length) {
            shown += replaced(new String(bytes, from, length, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8)
                    .length;
        }

        @Override
        public long end() {
            return shown;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() {}

    @Override
    public void run() {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        byte[] bytes = text.bytes();
        for (int i = 0; i < megabytes; i++) {
            for (int at = 0; at < bytes.length; at += SampleText.PIECE) {
                filter.accept(bytes, at, SampleText.PIECE);
            }
        }
        if (filter.end() == 0) {
            throw new IllegalStateException(name + " has shown nothing");
        }
        allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    int megabytes() {
        return megabytes;
    }

    /** Gives how many bytes of the heap the last run has used, used again or not. */
    long allocated() {
        return allocated;
    }

    /** Gives how many bytes have come out so far. */
    long shown() {
        return filter.end();
    }
}
