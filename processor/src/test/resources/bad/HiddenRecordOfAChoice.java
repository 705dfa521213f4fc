package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class HiddenRecordOfAChoice implements Environ {
    // ERROR: [HiddenRecord] at "login"
    HiddenRecordOfAChoice(Login login) {}

    sealed interface Login {}

    private record Token(String token) implements Login {}
}
