package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class HiddenRecordInAGroup implements Environ {
    HiddenRecordInAGroup(Config config) {}

    record Config(
            // ERROR: [HiddenRecord] at "inner"
            Inner inner) {}

    private record Inner(int port) {}
}
