package dev.foothold.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    void everyNumber_keepsItsRangeAndForm() {
        assertThat(SettingType.SHORT.parse("-32768")).isEqualTo(Short.MIN_VALUE);
        assertThat(SettingType.BYTE.parse("+127")).isEqualTo(Byte.MAX_VALUE);
        assertThat(SettingType.BIG_INTEGER.parse("9223372036854775808")).isEqualTo("9223372036854775808");
        assertThat(SettingType.DOUBLE.parse("1.5e3")).isEqualTo(1500);
        assertThat(SettingType.FLOAT.parse("-0.5")).isEqualTo(-0.5f);
        assertThat(SettingType.BIG_DECIMAL.parse("1.10")).isEqualTo("1.10");
        assertThat(SettingType.SIZE.parse(" 10G ")).isEqualTo(DataSize.ofGibibytes(10));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.SHORT.parse("32768"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.BYTE.parse("-129"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.DOUBLE.parse("1e999"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.FLOAT.parse("1e39"));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.BIG_INTEGER.parse("9".repeat(1001)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "010", "0x1F", "1_000", "1,5", "NaN", "Infinity", "1d", ".5", "5.", "١", "--1", "1e", "1 0"})
    void aNumberThatOthersReadDifferently_isRefused(String text) {
        for (SettingType<?> type : List.of(
                SettingType.INTEGER,
                SettingType.LONG,
                SettingType.SHORT,
                SettingType.BYTE,
                SettingType.BIG_INTEGER,
                SettingType.DOUBLE,
                SettingType.FLOAT,
                SettingType.BIG_DECIMAL)) {
            assertThatIllegalArgumentException().as(type.name()).isThrownBy(() -> type.parse(text));
        }
    }

    @Test
    void listsMapsAndWhatIsOptional_areParsedFromText() {
        assertThat(SettingType.listOf(SettingType.INTEGER).parse("1, 2 ,3")).containsExactly(1, 2, 3);
        assertThat(SettingType.listOf(SettingType.TEXT).parse(" ")).isEmpty();
        assertThat(SettingType.mapOf(SettingType.TEXT).parse("b=x=y, a = "))
                .containsExactly(Map.entry("b", "x=y"), Map.entry("a", ""));
        assertThat(SettingType.optional(SettingType.INTEGER).parse("1")).contains(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.listOf(SettingType.TEXT).parse("a,"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.mapOf(SettingType.TEXT).parse("=a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.mapOf(SettingType.TEXT).parse("a=1,a=2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SettingType.listOf(SettingType.listOf(SettingType.TEXT)).parse("a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.group(SettingGroup.of(in -> "")).parse(""));
    }

    @Test
    void aChoice_isWrittenInAnyCaseAndGivenAsItIsDescribed() {
        SettingType<String> choice = SettingType.choice(List.of("Blue", "red"));
        assertThat(choice.parse(" blue ")).isEqualTo("Blue");
        assertThat(choice.name()).isEqualTo("one of Blue, red");
        assertThatIllegalArgumentException().isThrownBy(() -> choice.parse("green"));
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
