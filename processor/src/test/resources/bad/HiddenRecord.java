package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class HiddenRecord implements Environ {
    // ERROR: [HiddenRecord] at "config"
    HiddenRecord(Config config) {}

    private record Config(int port) {}
}
