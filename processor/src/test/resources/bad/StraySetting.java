package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.environ.Environ;

@Provider("acme")
class StraySetting implements Environ {
    // ERROR: [StraySetting] at "@Setting"
    @Setting(env = "ACME_ENDPOINT")
    String endpoint = "";
}
