package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.annotation.Setting;
import dev.foothold.environ.Environ;

@Provider("acme")
class DuplicateSettingOfTheCredential implements Environ {
    DuplicateSettingOfTheCredential(Config config, Login login) {}

    record Config(
            // ERROR: [DuplicateSetting] at "authType"
            String authType,
            @Setting(orFile = "key-file") String key) {}

    sealed interface Login permits One, Two {}

    // ERROR: [DuplicateSetting] at "keyFile"
    record One(String keyFile) implements Login {}

    record Two(String user, String password) implements Login {}
}
