package dev.foothold.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.config.Acme.AccessKey;
import dev.foothold.config.Acme.AcmeCredential;
import dev.foothold.config.Acme.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which credential is taken, what is wrong with it, and what is kept of it. */
class CredentialTest {

    private static final ProviderSchema SCHEMA = ProviderSchema.of("acme").withCredential(Acme.CREDENTIAL);

    private static byte[] file(String path) throws IOException {
        if (!path.equals("token.txt")) {
            throw new IOException("there is no such file");
        }
        return "t0ken\n".getBytes(StandardCharsets.UTF_8);
    }

    private static Settings settings(Map<String, String> values, Map<String, String> environment) {
        return Settings.of(values).withEnvironment(environment).withFiles(CredentialTest::file);
    }

    private static AcmeCredential read(Map<String, String> values, Map<String, String> environment) {
        return SCHEMA.read(settings(values, environment)).get(Acme.CREDENTIAL);
    }

    private static List<String> faults(ProviderSchema schema, Settings settings) {
        return catchThrowableOfType(SettingsException.class, () -> schema.read(settings)).faults().stream()
                .map(SettingFault::toString)
                .toList();
    }

    private static List<String> faults(Map<String, String> values, Map<String, String> environment) {
        return faults(SCHEMA, settings(values, environment));
    }

    @Test
    void theOnlyTypeThatCanBeComplete_isTaken() {
        assertThat(read(Map.of("key", "k", "secret", "s"), Map.of())).isEqualTo(new AccessKey("k", Secret.of("s")));
        assertThat(read(Map.of("key", "k", "secret-file", "token.txt"), Map.of()))
                .isEqualTo(new AccessKey("k", Secret.of("t0ken")));
        assertThat(read(Map.of("token", "token.txt"), Map.of())).isEqualTo(new Token(Secret.of("t0ken")));
        assertThat(read(Map.of(), Map.of("ACME_TOKEN_FILE", "token.txt"))).isEqualTo(new Token(Secret.of("t0ken")));
        assertThat(read(Map.of("key", "k"), Map.of("ACME_SECRET", "s"))).isEqualTo(new AccessKey("k", Secret.of("s")));
    }

    @Test
    void whatIsGiven_winsOverWhatIsInTheEnvironment() {
        assertThat(read(Map.of("token", "token.txt"), Map.of("ACME_KEY", "k", "ACME_SECRET", "s")))
                .isEqualTo(new Token(Secret.of("t0ken")));
    }

    @Test
    void aCredentialThatIsNotTaken_isHiddenAllTheSame() {
        ProviderSchema schema =
                SCHEMA.withConfiguration(SettingGroup.of(in -> "", SettingSpec.of("port", SettingType.INTEGER)));
        assertThat(faults(schema, Settings.of(Map.of("port", "hunter2", "secret", "hunter2"))))
                .hasSize(2)
                .noneMatch(fault -> fault.contains("hunter2"));
    }

    @Test
    void whatLacksInAGroup_isNamedWithItsPath() {
        CredentialSchema<String> credential = CredentialSchema.<String>of(
                        "login",
                        SettingGroup.of(
                                in -> "login",
                                SettingSpec.of(
                                        "login",
                                        SettingType.group(
                                                SettingGroup.of(in -> "", SettingSpec.of("name", SettingType.TEXT))))))
                .or("token", SettingGroup.of(in -> "token", Acme.TOKEN));
        ProviderSchema schema = ProviderSchema.of("acme").withCredential(credential);
        assertThat(faults(schema, Settings.of(Map.of())))
                .containsExactly(
                        "auth-type: no credential is complete: \"login\" lacks login.name; \"token\" lacks token");
        assertThat(schema.read(Settings.of(Map.of("login.name", "me"))).get(credential))
                .isEqualTo("login");
    }

    @Test
    void authType_chooses() {
        Map<String, String> both = Map.of("ACME_KEY", "k", "ACME_SECRET", "s", "ACME_TOKEN_FILE", "token.txt");
        assertThat(faults(Map.of(), both))
                .containsExactly("auth-type: more than one credential is complete: access-key, token; choose one by key"
                        + " \"auth-type\"");
        assertThat(read(Map.of("auth-type", "access-key"), both)).isEqualTo(new AccessKey("k", Secret.of("s")));
        assertThat(read(Map.of("auth-type", " token "), both)).isEqualTo(new Token(Secret.of("t0ken")));
        assertThat(faults(Map.of("auth-type", "acces-key"), both))
                .containsExactly(
                        "auth-type (given as key \"auth-type\"): auth-type \"acces-key\" is not supported; did you mean"
                                + " \"access-key\"?");
        assertThat(faults(Map.of("auth-type", "token", "key", "hunter2"), both))
                .containsExactly(
                        "key (given as key \"key\"): is no attribute of a credential of type \"token\"; remove it, or"
                                + " choose another type by key \"auth-type\"");
    }

    @Test
    void ifNoneIsComplete_oneFaultSaysWhatEachLacks() {
        assertThat(faults(Map.of(), Map.of("ACME_SECRET", "hunter2")))
                .containsExactly(
                        "auth-type: no credential is complete: \"access-key\" lacks key; \"token\" lacks token");
        assertThat(faults(Map.of("token", "token.txt", "key", "hunter2"), Map.of()))
                .containsExactly(
                        "auth-type: no credential is complete: \"access-key\" lacks secret (or secret-file) and does"
                                + " not know token; \"token\" does not know key");
    }

    @Test
    void theOnlyType_needNotBeChosen_andTellsWhatItLacks() {
        ProviderSchema schema =
                ProviderSchema.of("acme").withCredential(CredentialSchema.of("access-key", Acme.ACCESS_KEY));
        assertThat(faults(schema, Settings.of(Map.of("key", "k"))))
                .containsExactly("secret: is missing; expected a secret, as key \"secret\" or, from a file, as key"
                        + " \"secret-file\" or in environment variable ACME_SECRET");
        assertThat(schema.read(Settings.of(Map.of("auth-type", "access-key", "key", "k", "secret", "s"))))
                .isNotNull();
    }

    @Test
    void aTypeThatNeedsNothing_isTakenOnlyIfNothingElseIsComplete() {
        SettingGroup<String> role = SettingGroup.of(in -> "role");
        CredentialSchema<Object> credential =
                CredentialSchema.<Object>of("role", role).or("access-key", Acme.ACCESS_KEY);
        ProviderSchema schema = ProviderSchema.of("acme").withCredential(credential);
        assertThat(schema.read(Settings.of(Map.of())).get(credential)).isEqualTo("role");
        assertThat(schema.read(settings(Map.of(), Map.of("ACME_KEY", "k", "ACME_SECRET", "s")))
                        .get(credential))
                .isInstanceOf(AccessKey.class);
    }

    @Test
    void aCredentialGivenAsAWhole_isTakenAsAWhole() {
        Credential credential =
                Credential.of("access-key", Map.of("key", "k", "secret", "s")).withLabel("mine");
        assertThat(SCHEMA.read(settings(Map.of(), Map.of("ACME_TOKEN_FILE", "token.txt"))
                                .withCredential(credential))
                        .get(Acme.CREDENTIAL))
                .isEqualTo(new AccessKey("k", Secret.of("s")));
        assertThat(faults(
                        SCHEMA,
                        settings(Map.of("token", "token.txt", "auth-type", "token"), Map.of())
                                .withCredential(credential)))
                .containsExactly(
                        "token (given as key \"token\"): belongs to the credential, but credential \"mine\" is given as a"
                                + " whole; remove the key",
                        "auth-type (given as key \"auth-type\"): belongs to the credential, but credential \"mine\" is given"
                                + " as a whole; remove the key");
        assertThat(faults(
                        SCHEMA,
                        settings(Map.of(), Map.of("ACME_SECRET", "s"))
                                .withCredential(credential.withAttributes(Map.of("kay", "hunter2")))))
                .containsExactly(
                        "key: is missing; expected text, as key \"key\"",
                        "secret: is missing; expected a secret, as key \"secret\" or, from a file, as key \"secret-file\"",
                        "kay (credential \"mine\"): is not a setting; did you mean \"key\"?");
        assertThat(faults(ProviderSchema.of("acme"), Settings.of(Map.of()).withCredential(credential)))
                .containsExactly("credential \"mine\": is not wanted: provider \"acme\" has no credential");
    }

    @Test
    void aRevokedOrInvalidCredential_isRefusedWithItsReason() {
        Credential credential = Credential.of("access-key", Map.of("key", "k", "secret", "s"));
        assertThat(faults(SCHEMA, Settings.of(Map.of()).withCredential(credential.asRevoked())))
                .containsExactly("the credential: is revoked; use another one");
        assertThat(faults(
                        SCHEMA,
                        Settings.of(Map.of())
                                .withCredential(credential.withLabel("mine").withInvalidReason("the cloud says 401"))))
                .containsExactly(
                        "credential \"mine\": is marked as invalid: the cloud says 401; replace it, or take the mark"
                                + " away");
    }

    @Test
    void finalizing_readsFilesOnceAndForAll() {
        Credential given = Credential.of("token", Map.of("token", "token.txt"));
        Credential complete = Acme.CREDENTIAL.finalizeCredential(given, CredentialTest::file);
        assertThat(complete.attributes()).isEqualTo(Map.of("token", "t0ken"));
        assertThat(complete.complete()).isTrue();
        assertThat(Acme.CREDENTIAL.finalizeCredential(complete, SettingFiles.none()))
                .isEqualTo(complete);
        assertThat(SCHEMA.read(Settings.of(Map.of()).withCredential(complete)).get(Acme.CREDENTIAL))
                .isEqualTo(new Token(Secret.of("t0ken")));
        assertThat(Acme.CREDENTIAL
                        .finalizeCredential(
                                Credential.of("access-key", Map.of("key", "k", "secret-file", "token.txt")),
                                CredentialTest::file)
                        .attributes())
                .isEqualTo(Map.of("key", "k", "secret", "t0ken"));
    }

    @Test
    @Tag("D-67")
    void finalizing_keepsLabelRevocationAndReason() {
        Credential given = Credential.of("access-key", Map.of("key", "k", "secret", "s"))
                .withLabel("mine")
                .asRevoked()
                .withInvalidReason("the cloud says 401");
        Credential complete = Acme.CREDENTIAL.finalizeCredential(given, SettingFiles.none());
        assertThat(complete.label()).isEqualTo("mine");
        assertThat(complete.revoked()).isTrue();
        assertThat(complete.invalidReason()).isEqualTo("the cloud says 401");
    }

    @Test
    @Tag("D-66")
    void anOptionalAttribute_mayBeMissingAlsoIfItCouldComeFromAFile() {
        CredentialSchema<String> schema = CredentialSchema.of(
                "userpass",
                SettingGroup.of(
                        in -> "made",
                        SettingSpec.of("key", SettingType.optional(SettingType.SECRET))
                                .orFile("key-file")));
        assertThat(schema.finalizeCredential(Credential.of("userpass", Map.of()), SettingFiles.none())
                        .attributes())
                .isEmpty();
    }

    @Test
    @Tag("D-65")
    void noFaultOfACredential_showsAValueThatMayBeASecret() {
        for (Map<String, String> attributes : List.of(
                Map.of("key", "k", "secret", "s", "password", "hunter2"),
                Map.of("key", "k", "secret", "hunter2", "secret-file", "hunter2"),
                Map.of("key", "k", "secret-file", "hunter2"),
                Map.of("token", "hunter2"))) {
            SettingsException e = catchThrowableOfType(
                    SettingsException.class,
                    () -> Acme.CREDENTIAL.finalizeCredential(
                            Credential.of(attributes.containsKey("token") ? "token" : "access-key", attributes),
                            path -> {
                                throw new IOException(path + " is not there");
                            }));
            assertThat(e.faults()).hasSize(1);
            assertThat(e.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void finalizing_refusesAnUnknownType() {
        assertThat(catchThrowableOfType(
                                SettingsException.class,
                                () -> Acme.CREDENTIAL.finalizeCredential(
                                        Credential.of("oauth2", Map.of()), SettingFiles.none()))
                        .faults())
                .extracting(SettingFault::toString)
                .containsExactly(
                        "auth-type (the credential): auth-type \"oauth2\" is not supported; there are access-key, token");
    }

    @Test
    void detection_findsEachTypeThatTheEnvironmentCompletes() {
        Map<String, String> environment = Map.of("ACME_KEY", "k", "ACME_SECRET", "s", "ACME_TOKEN_FILE", "token.txt");
        assertThat(SCHEMA.detectCredentials(environment))
                .containsExactly(
                        Credential.of("access-key", Map.of("key", "k", "secret", "s"))
                                .withLabel("environment"),
                        Credential.of("token", Map.of("token", "token.txt")).withLabel("environment"));
        assertThat(SCHEMA.detectCredentials(Map.of("ACME_KEY", "k"))).isEmpty();
        assertThat(SCHEMA.detectCredentials(Map.of("ACME_KEY", "", "ACME_SECRET", "s")))
                .isEmpty();
        assertThat(ProviderSchema.of("acme").detectCredentials(environment)).isEmpty();
        assertThat(ProviderSchema.of("acme")
                        .withCredential(CredentialSchema.of("role", SettingGroup.of(in -> "role")))
                        .detectCredentials(environment))
                .isEmpty();
    }

    @Test
    void withoutSecrets_leavesOutWhatMustNotBeShown() {
        Credential credential = Credential.of(
                        "access-key", Map.of("key", "k", "secret", "s", "secret-file", "f", "x", "y"))
                .withLabel("mine");
        assertThat(Acme.CREDENTIAL.withoutSecrets(credential))
                .isEqualTo(Credential.of("access-key", Map.of("key", "k")).withLabel("mine"));
    }

    @Test
    void aCredential_neverShowsItsValues() {
        assertThat(Credential.of("access-key", Map.of("secret", "hunter2")).withLabel("mine"))
                .hasToString("Credential[authType=access-key, attributes=[secret], label=mine, revoked=false,"
                        + " invalidReason=, complete=false]");
        assertThat(Secret.of("hunter2")).hasToString("(secret)").isEqualTo(Secret.of("hunter2"));
        assertThat(Secret.of("hunter2").reveal()).isEqualTo("hunter2");
    }

    @Test
    void aSchemaThatContradictsItself_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Acme.CREDENTIAL.or("token", Acme.TOKEN_GROUP));
        assertThatIllegalArgumentException().isThrownBy(() -> CredentialSchema.of(" ", Acme.TOKEN_GROUP));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CredentialSchema.of(
                        "x", SettingGroup.of(in -> "", SettingSpec.of("auth-type", SettingType.TEXT))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Acme.CREDENTIAL.attributes("x"))
                .withMessageContaining("access-key, token");
        assertThatIllegalArgumentException().isThrownBy(() -> Credential.of(" ", Map.of()));
    }
}
