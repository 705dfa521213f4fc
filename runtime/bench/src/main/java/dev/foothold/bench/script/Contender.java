package dev.foothold.bench.script;

import java.nio.file.Path;

/** Does what is measured, over a connection of its own each time. */
interface Contender {

    /** How many bytes the script writes. */
    long OUTPUT = 100L * 1024 * 1024;

    /** What writes them: lines of text, much faster than any connection. */
    String SCRIPT = "yes 'Get:17 http://deb.example.org/debian bookworm/main amd64 some-package 1.2.3-4 [56.7 kB]'"
            + " | head -c " + OUTPUT;

    /** What the contender takes. */
    interface Taker {
        void take(int bytes);
    }

    /** Runs the script and takes its output. */
    void stream(Taker taker) throws Exception;

    /** Puts an archive on the machine and unpacks it into a directory, which is empty. */
    void upload(Path archive, Path directory) throws Exception;
}
