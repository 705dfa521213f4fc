package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class HiddenRecord implements Environ {
    HiddenRecord(Config config) {}

    record Config(int port) {}
}
