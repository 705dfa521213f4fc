package dev.foothold.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {

    private static final SettingSpec<String> REGION = SettingSpec.of("region", SettingType.TEXT);
    private static final SettingSpec<Duration> TIMEOUT =
            SettingSpec.of("timeout", SettingType.DURATION).withDefault("30s").withEnvironmentVariable("ACME_TIMEOUT");
    private static final SettingSpec<Integer> PIN =
            SettingSpec.of("pin", SettingType.INTEGER).asSecret().withEnvironmentVariable("ACME_PIN");

    private static SettingsReader reader(Map<String, String> values, Map<String, String> environment) {
        return Settings.of(values).withEnvironment(environment).reader("acme", List.of(REGION, TIMEOUT, PIN));
    }

    private static SettingsException faultsOf(Map<String, String> values, Map<String, String> environment) {
        SettingsReader in = reader(values, environment);
        in.get(REGION);
        in.get(TIMEOUT);
        in.get(PIN);
        return catchThrowableOfType(SettingsException.class, in::check);
    }

    @Test
    void aKey_winsOverTheEnvironmentWhichWinsOverTheDefault() {
        Map<String, String> environment = Map.of("ACME_TIMEOUT", "2s");
        assertThat(reader(Map.of("timeout", "1s"), environment).get(TIMEOUT)).isEqualTo(Duration.ofSeconds(1));
        assertThat(reader(Map.of(), environment).get(TIMEOUT)).isEqualTo(Duration.ofSeconds(2));
        assertThat(reader(Map.of(), Map.of()).get(TIMEOUT)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void anEmptyEnvironmentVariable_countsAsNotSet() {
        assertThat(reader(Map.of(), Map.of("ACME_TIMEOUT", "")).get(TIMEOUT)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theEnvironment_isNotAskedUnlessItIsHandedIn() {
        SettingsReader in = Settings.of(Map.of()).reader("acme", List.of(TIMEOUT));
        assertThat(in.get(TIMEOUT)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void soundSettings_passTheCheck() {
        SettingsReader in = reader(Map.of("region", "north", "pin", "1234"), Map.of());
        assertThat(in.get(REGION)).isEqualTo("north");
        assertThat(in.get(PIN)).isEqualTo(1234);
        assertThatCode(in::check).doesNotThrowAnyException();
    }

    @Test
    void allFaults_areToldAtOnceInTheOrderOfReading() {
        SettingsException e = faultsOf(Map.of("regoin", "north", "timeout", "soon"), Map.of("ACME_PIN", "secret-pin"));
        assertThat(e.provider()).isEqualTo("acme");
        assertThat(e.faults())
                .containsExactly(
                        new SettingFault("region", "is missing; expected text, as key \"region\""),
                        new SettingFault(
                                "timeout",
                                "\"soon\" given as key \"timeout\" does not fit; expected a duration such as 250ms, 30s,"
                                        + " 1h30m or PT30S, as key \"timeout\" or in environment variable ACME_TIMEOUT"),
                        new SettingFault(
                                "pin",
                                "the value of environment variable ACME_PIN does not fit; expected a whole number from"
                                        + " -2147483648 to 2147483647, as key \"pin\" or in environment variable ACME_PIN"),
                        new SettingFault("regoin", "is not a setting; did you mean \"region\"?"));
        assertThat(e.getMessage())
                .startsWith("the settings of provider \"acme\" are not usable:")
                .hasLineCount(5)
                .contains("  region: is missing");
    }

    @Test
    void theValueOfASecret_isInNoMessage() {
        SettingsException e = faultsOf(Map.of("region", "north", "pin", "hunter2"), Map.of());
        assertThat(e).hasStackTraceContaining("pin");
        assertThat(e.toString()).doesNotContain("hunter2");
        assertThat(e.getCause()).isNull();
        assertThat(Settings.of(Map.of("pin", "hunter2")).toString()).isEqualTo("Settings[pin]");
        assertThat(PIN.withDefault("hunter2").toString()).doesNotContain("hunter2");
    }

    @Test
    void anUnknownKeyFarFromAll_isAnsweredWithTheListOfKeys() {
        SettingsException e = faultsOf(Map.of("region", "north", "pin", "1", "colour", "red"), Map.of());
        assertThat(e.faults())
                .containsExactly(new SettingFault("colour", "is not a setting; there are pin, region, timeout"));
    }

    @Test
    void aProviderWithoutSettings_refusesEveryKey() {
        SettingsReader in = Settings.of(Map.of("region", "north")).reader("acme", List.of());
        assertThat(catchThrowableOfType(SettingsException.class, in::check).faults())
                .containsExactly(new SettingFault("region", "is not a setting; there are none"));
    }

    @Test
    void aDefaultThatDoesNotFit_isBlamedOnTheProvider() {
        SettingSpec<Integer> port = SettingSpec.of("port", SettingType.INTEGER).withDefault("many");
        SettingsReader in = Settings.of(Map.of()).reader("acme", List.of(port));
        in.get(port);
        assertThat(catchThrowableOfType(SettingsException.class, in::check))
                .hasMessageContaining("port: \"many\" that the provider has as default does not fit; expected");
    }

    @Test
    void aSettingOfAnotherProvider_isRefused() {
        SettingsReader in = Settings.of(Map.of()).reader("acme", List.of(REGION));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in.get(PIN))
                .withMessage("setting \"pin\" is not among the settings of provider \"acme\"");
    }

    @Test
    void theFaults_surviveSerialisation() throws Exception {
        SettingsException e = faultsOf(Map.of("region", "north"), Map.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(e);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((SettingsException) in.readObject()).faults()).isEqualTo(e.faults());
        }
    }
}
