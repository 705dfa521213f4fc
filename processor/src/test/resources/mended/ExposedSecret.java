package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.environ.Environ;

@Provider("acme")
class ExposedSecret implements Environ {
    ExposedSecret(Config config) {}

    record Config(
            String user,
            @Setting(secret = true) String password) {
        @Override
        public String toString() {
            return user;
        }
    }
}
