package dev.foothold.provider;

import dev.foothold.environ.Environ;
import dev.foothold.model.ModelSettings;

public class DefaultProvider implements AutoCloseable {
    private final Environ environ;

    public DefaultProvider(Environ environ, ModelSettings model, Foothold foothold) {
        this.environ = environ;
    }

    public Environ environ() {
        return environ;
    }

    @Override
    public void close() {}
}
