package dev.foothold.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foothold.testing.Seeds;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes and durations as text. */
class DataSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0B, 0",
        "512B, 512",
        "1K, 1024",
        "1KiB, 1024",
        "1KB, 1000",
        "512MiB, 536870912",
        "10G, 10737418240",
        "1.5TB, 1500000000000",
        "0.5KiB, 512",
        "0.3B, 0",
        "1.1GiB, 1181116006",
        "7EiB, 8070450532247928832"
    })
    void aSize_hasTheUnitsOfTheGnuTools(String text, long bytes) {
        assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "G", "10 G", "10g", "10Gi", "-1G", "+1G", "1.G", ".5G", "1e3B", "8EiB", "10GiBB", "١G"
            })
    void aSize_withoutUnitOrOfAnotherForm_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DataSize.parse(text));
    }

    @Test
    void aSize_isNotNegativeAndFitsALong() {
        assertThatIllegalArgumentException().isThrownBy(() -> DataSize.ofBytes(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> DataSize.ofGibibytes(Long.MAX_VALUE));
        assertThat(DataSize.ofGibibytes(2).toMebibytes()).isEqualTo(2048);
        assertThat(DataSize.ofMebibytes(1536).toGibibytes()).isEqualTo(1);
        assertThat(DataSize.ofMebibytes(1)).isLessThan(DataSize.parse("2M"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0B", "1, 1B", "1024, 1KiB", "1000, 1KB", "536870912, 512MiB", "1500000000000, 1500GB", "1023, 1023B"
    })
    void aSize_isWrittenAsShortAsItCanBe(long bytes, String text) {
        assertThat(DataSize.ofBytes(bytes)).hasToString(text);
    }

    @Test
    void aSizeThatIsWritten_isReadAsTheSame() {
        Seeds.forEach(1000, seed -> {
            Random random = new Random(seed);
            DataSize size = DataSize.ofBytes(random.nextLong() >>> 1 + random.nextInt(63));
            assertThat(DataSize.parse(size.toString())).isEqualTo(size);
        });
    }

    @Test
    void aDurationThatIsWritten_isReadAsTheSame() {
        Seeds.forEach(1000, seed -> {
            Random random = new Random(seed);
            Duration duration = Duration.ofSeconds(random.nextLong() >>> 1 + random.nextInt(63))
                    .plus(random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(random.nextInt(1000)))
                    .plusNanos(random.nextInt(3) == 0 ? random.nextInt(1_000_000) : 0);
            assertThat(Durations.parse(Durations.render(duration))).isEqualTo(duration);
        });
    }
}
