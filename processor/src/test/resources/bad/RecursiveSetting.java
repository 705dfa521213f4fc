package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;
import java.util.List;

@Provider("acme")
class RecursiveSetting implements Environ {
    RecursiveSetting(Config config) {}

    record Config(String name, Child child) {}

    record Child(
            // ERROR: [RecursiveSetting] at "children"
            List<Child> children) {}
}
