package dev.foothold.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTypeTest {

    private enum Size {
        SMALL,
        VERY_LARGE
    }

    @Test
    void text_isTakenAsItIs() {
        assertThat(SettingType.TEXT.parse(" a b ")).isEqualTo(" a b ");
        assertThat(SettingType.TEXT.parse("")).isEmpty();
    }

    @Test
    void numbers_ignoreBlanksAroundAndKeepTheirRange() {
        assertThat(SettingType.INTEGER.parse("22")).isEqualTo(22);
        assertThat(SettingType.LONG.parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(SettingType.INTEGER.parse(" 22 ")).isEqualTo(22);
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.INTEGER.parse("2147483648"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.LONG.parse("1.5"));
    }

    @Test
    void aBoolean_isTrueOrFalseInAnyCaseAndNothingElse() {
        assertThat(SettingType.BOOLEAN.parse("True")).isTrue();
        assertThat(SettingType.BOOLEAN.parse("false")).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.BOOLEAN.parse("yes"));
    }

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "30s, PT30S",
        "5m, PT5M",
        "1h30m, PT1H30M",
        "2d, PT48H",
        "1m1ms, PT1M0.001S",
        "PT30S, PT30S",
        "pt1.5s, PT1.5S",
        "0s, PT0S",
        "' 30s ', PT30S"
    })
    void aDuration_isShortOrIso(String text, Duration duration) {
        assertThat(SettingType.DURATION.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "30 s",
                "30S",
                "1s1m",
                "1m1m",
                "PT-30S",
                "-30s",
                "99999999999999999999s",
                "9223372036854775807d"
            })
    void aDuration_withoutUnitOrOrderOrRange_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.DURATION.parse(text));
    }

    @Test
    void aUri_needsItsScheme() {
        assertThat(SettingType.URI.parse("https://cloud.example/v1")).isEqualTo(URI.create("https://cloud.example/v1"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.URI.parse("cloud.example"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.URI.parse("https://cloud example"));
    }

    @Test
    void aPath_mustNotBeBlank() {
        assertThat(SettingType.PATH.parse("keys/id")).isEqualTo(Path.of("keys", "id"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.PATH.parse(" "));
    }

    @Test
    void anEnum_isWrittenInKebabCaseAndNamesItsConstants() {
        SettingType<Size> size = SettingType.oneOf(Size.values());
        assertThat(size.name()).isEqualTo("one of small, very-large");
        assertThat(size.parse("very-large")).isEqualTo(Size.VERY_LARGE);
        assertThat(size.parse("Small")).isEqualTo(Size.SMALL);
        assertThatIllegalArgumentException().isThrownBy(() -> size.parse("VERY_LARGE"));
    }
}
