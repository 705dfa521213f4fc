package acme;

import dev.foothold.annotation.Credential;
import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadAuthType implements Environ {
    BadAuthType(Login login) {}

    sealed interface Login {}

    record Token(String token) implements Login {}

    // ERROR: [BadAuthType] at "User Pass"
    @Credential("User Pass")
    record Password(String user) implements Login {}

    // ERROR: [BadAuthType] at "token"
    @Credential("token")
    record OtherToken(String token) implements Login {}
}
