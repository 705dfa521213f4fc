package dev.foothold.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foothold.machine.Arch;
import dev.foothold.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about machines, as text and in code. */
class HardwareCharacteristicsTest {

    @Test
    void theWithers_sayWhatTheTextSays() {
        HardwareCharacteristics made = HardwareCharacteristics.of(Arch.AMD64, 2, 4096)
                .withCpuPower(100)
                .withRootDiskMib(8192)
                .withRootDiskSource("a pool")
                .withTags("ssd", "", "gpu, large")
                .withAvailabilityZone("a")
                .withVirtType("Virtual-Machine");

        HardwareCharacteristics read = HardwareCharacteristics.parse(
                "mem=4G cores=2 arch=amd64 root-disk=8G",
                "cpu-power=100 root-disk-source=\"a pool\"",
                "tags=ssd,\"gpu, large\" availability-zone=a virt-type=virtual-machine");

        assertThat(made).isEqualTo(read).hasSameHashCodeAs(read);
        assertThat(made)
                .hasToString("arch=amd64 cores=2 cpu-power=100 mem=4096M root-disk=8192M root-disk-source=\"a pool\""
                        + " tags=ssd,\"gpu, large\" availability-zone=a virt-type=virtual-machine");
        assertThat(made.summary()).isEqualTo("arch=amd64 mem=4G cores=2 virt-type=virtual-machine");
        assertThat(made.withTags().withAvailabilityZone("").tags()).isEmpty();
    }

    @Test
    void whatIsNotKnown_isNotZero() {
        assertThat(HardwareCharacteristics.of(Arch.AMD64, 0, 0)).hasToString("arch=amd64");
        assertThat(HardwareCharacteristics.of(Arch.AMD64, 0, 0).cores()).isEmpty();
        assertThat(HardwareCharacteristics.parse("cores=0").cores()).hasValue(0);
        assertThat(HardwareCharacteristics.unknown().summary()).isEmpty();
    }

    @Test
    @Tag("D-52")
    void numbers_areExactUpToTheLast() {
        assertThat(HardwareCharacteristics.parse("mem=18446744073709551615 cores=9007199254740993"))
                .hasToString("cores=9007199254740993 mem=18446744073709551615M");
        assertThat(HardwareCharacteristics.parse("mem=18446744073709551615").summary())
                .isEqualTo("mem=18014398509481984G");
    }

    @Test
    void aNegativeNumber_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HardwareCharacteristics.of(Arch.AMD64, -1, 512))
                .withMessageContaining("\"cores\" must not be negative: -1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tags=\"\\",
                "tags=\"\\x",
                "tags=\"\\x4\"",
                "tags=\"\\u12\"",
                "tags=\"\\ud800\"",
                "tags=\"\\U00110000\"",
                "tags=\"\\400\"",
                "tags=\"\\08\"",
                "tags=\"\\'\"",
                "tags=\"\\u00e٣\""
            })
    void anEscapeThatIsNone_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HardwareCharacteristics.parse(text))
                .withMessageContaining("invalid escape");
    }

    @ParameterizedTest
    @CsvSource({
        "'memory=1G', 'use one of arch, cores, cpu-power, mem'",
        "'virt-type=lxd', 'must be one of container, virtual-machine'",
        "'mem', '\"mem\" is not a hardware characteristic; write it as name=value'"
    })
    void anError_saysWhatToDo(String text, String advice) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HardwareCharacteristics.parse(text))
                .withMessageContaining(advice);
    }

    @Test
    void anyHardware_isReadAsItWasWritten() {
        Seeds.forEach(2_000, seed -> {
            Random random = new Random(seed);
            HardwareCharacteristics hardware = HardwareCharacteristics.of(
                            Arch.values()[random.nextInt(Arch.values().length)],
                            random.nextInt(3),
                            random.nextLong(1L << 50))
                    .withRootDiskSource(word(random))
                    .withTags(word(random), word(random))
                    .withAvailabilityZone(word(random));

            assertThat(HardwareCharacteristics.parse(hardware.toString())).isEqualTo(hardware);
        });
    }

    @Test
    void whateverIsRead_isUnderstoodOrRefused() {
        Seeds.forEach(5_000, seed -> {
            Random random = new Random(seed);
            String[] names = {"arch=", "mem=", "tags=", "root-disk-source=", "availability-zone=", "virt-type=", ""};
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(4); i > 0; i--) {
                text.append(names[random.nextInt(names.length)])
                        .append(word(random))
                        .append(' ');
            }
            try {
                HardwareCharacteristics hardware = HardwareCharacteristics.parse(text.toString());
                assertThat(HardwareCharacteristics.parse(hardware.toString())).isEqualTo(hardware);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            }
        });
    }

    private static String word(Random random) {
        String letters = "ab ,\\\"\"'=u0041xn\t\n\u0001é☃\u3000;\u2028";
        StringBuilder word = new StringBuilder();
        random.ints(random.nextInt(7), 0, letters.length()).forEach(i -> word.append(letters.charAt(i)));
        return word.toString();
    }
}
