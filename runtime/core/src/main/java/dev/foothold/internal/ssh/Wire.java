package dev.foothold.internal.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** A connection that carries bytes both ways: a socket, or a channel through another machine. */
interface Wire extends AutoCloseable {

    /**
     * Gives what the server sends. Reading ends with an exception when the wire is closed or the reader interrupted.
     *
     * @param silence how long nothing may come before somebody is told, again each time; zero for ever
     * @param onSilence is told, by the thread that reads: who waits for the server anyway needs no clock beside it
     */
    InputStream input(Duration silence, Runnable onSilence);

    /** Gives the way to the server. Writing ends with an exception when the wire is closed, but not when interrupted. */
    OutputStream output();

    /** Cuts the connection at once, whatever reads or writes. Never throws, closing twice is fine. */
    @Override
    void close();
}
