package dev.foothold.testkit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Hears what a program logs and prints. */
final class Said {

    /** What is done meanwhile. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    private Said() {}

    /** Gives a failure with all that led to it, as it would be printed. */
    static String by(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** Gives what is printed, and what is logged through the platform's loggers at whatever level. */
    static String during(Work work) throws Exception {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        Logger root = Logger.getLogger("");
        Level level = root.getLevel();
        Handler handler = new Handler() {
            private final SimpleFormatter formatter = new SimpleFormatter();

            @Override
            public void publish(LogRecord record) {
                heard.writeBytes(formatter.format(record).getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Handler[] others = root.getHandlers();
        try (PrintStream listener = new PrintStream(heard, true, StandardCharsets.UTF_8)) {
            for (Handler other : others) {
                root.removeHandler(other);
            }
            root.addHandler(handler);
            root.setLevel(Level.ALL);
            System.setOut(listener);
            System.setErr(listener);
            work.run();
        } finally {
            System.setOut(out);
            System.setErr(err);
            root.setLevel(level);
            root.removeHandler(handler);
            for (Handler other : others) {
                root.addHandler(other);
            }
        }
        return heard.toString(StandardCharsets.UTF_8);
    }
}
