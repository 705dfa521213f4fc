package dev.foothold.bench;

import java.io.PrintStream;

/** Measures one thing and prints what it found. */
public interface Benchmark {

    /**
     * Runs to the end.
     *
     * @param options what was asked for
     * @param out takes the result, as Markdown
     * @throws InterruptedException if interrupted; nothing that was started is left running
     * @throws Exception if something cannot be measured, which is never the same as being slow
     */
    void run(Options options, PrintStream out) throws Exception;
}
