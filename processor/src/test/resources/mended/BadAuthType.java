package acme;

import dev.foothold.annotation.Credential;
import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

@Provider("acme")
class BadAuthType implements Environ {
    BadAuthType(Login login) {}

    sealed interface Login {}

    record Token(String token) implements Login {}

    @Credential("user-pass")
    record Password(String user) implements Login {}

    @Credential("other-token")
    record OtherToken(String token) implements Login {}
}
