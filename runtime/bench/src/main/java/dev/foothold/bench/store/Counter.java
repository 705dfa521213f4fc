package dev.foothold.bench.store;

import java.io.IOException;

/** Counts a number in a file up, each time on the disk before it says so. Used by one thread. */
interface Counter {

    /** Adds one to what is there. */
    void increment() throws IOException;

    /** Reads the number. */
    long read() throws IOException;
}
