package dev.foothold.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.model.Owner;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DiskSizesTest {

    private static final Map<String, Base> BASES = Map.of(
            "trusty", Base.parse("ubuntu@14.04"),
            "jammy", Base.parse("ubuntu@22.04"),
            "noble", Base.parse("ubuntu@24.04"),
            "centos7", Base.parse("centos@7"),
            "opensuseleap", Base.parse("opensuse@42.3"));

    @TestFactory
    Stream<DynamicTest> sizesAndNames() {
        return Vectors.file("sizes_and_names").tests(DiskSizesTest::check);
    }

    private static void check(VectorCase vector) {
        switch (vector.get("op").asText()) {
            case "mib_to_gib" ->
                assertThat(Long.toUnsignedString(DiskSizes.mibToGib(
                                Long.parseUnsignedLong(vector.get("mib").asText()))))
                        .isEqualTo(vector.expect("gib").asText());
            case "min_root_disk" ->
                assertThat(DiskSizes.minRootDiskSizeGib(
                                base(vector.get("series").asText())))
                        .isEqualTo(vector.expect("gib").longValue());
            case "env_full_name" -> throw vector.mappedAway("a model's UUID is a java.util.UUID, which this is not");
            default -> throw new AssertionError(vector + " asks something unknown");
        }
    }

    private static Base base(String series) {
        return BASES.getOrDefault(series, new Base("other", series.isEmpty() ? "none" : series));
    }

    @Test
    void envFullName_isThePrefixAndTheUuid() {
        UUID uuid = UUID.fromString("f47ac10b-58cc-4372-a567-0e02b2c3d479");

        assertThat(Owner.envFullName(uuid)).isEqualTo("foothold-f47ac10b-58cc-4372-a567-0e02b2c3d479");
    }

    @Test
    @Tag("D-44")
    void mibToGib_doesNotOverflowForTheLast1023Values() {
        long beforeLast = Long.parseUnsignedLong("18446744073709550592"); // 2^64 - 1024
        long whole = 1L << 54;

        assertThat(DiskSizes.mibToGib(beforeLast)).isEqualTo(whole - 1);
        for (long mib = beforeLast + 1; mib != 0; mib++) {
            assertThat(DiskSizes.mibToGib(mib)).as(Long.toUnsignedString(mib)).isEqualTo(whole);
        }
    }
}
