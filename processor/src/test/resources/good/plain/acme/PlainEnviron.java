package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

/** A cloud that needs to be told nothing. */
@Provider("plain")
public class PlainEnviron implements Environ, AutoCloseable {
    /** Connects. */
    public PlainEnviron() {}

    private PlainEnviron(int forTests) {}

    @Override
    public void close() {}
}
