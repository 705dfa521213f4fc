package dev.foothold.provider;

import dev.foothold.environ.ZonedEnviron;
import dev.foothold.model.ModelSettings;

public class DefaultZonedProvider extends DefaultProvider {
    private final ZonedEnviron environ;

    public DefaultZonedProvider(ZonedEnviron environ, ModelSettings model, Foothold foothold) {
        super(environ, model, foothold);
        this.environ = environ;
    }

    @Override
    public ZonedEnviron environ() {
        return environ;
    }
}
