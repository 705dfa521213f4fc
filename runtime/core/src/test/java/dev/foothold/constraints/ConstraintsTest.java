package dev.foothold.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foothold.machine.Arch;
import dev.foothold.machine.ContainerType;
import dev.foothold.machine.InstanceType;
import dev.foothold.testing.Seeds;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What constraints say, as text, as a map and in code. */
class ConstraintsTest {

    private static final String MAX = "18446744073709551615";

    @Test
    void theWithers_sayWhatTheTextSays() {
        Constraints written = Constraints.parse(
                "arch=arm64 container=lxd cores=2 cpu-power=100 instance-role=auto instance-type=big mem=4G root-disk=8G"
                        + " root-disk-source=pool tags=ssd,gpu spaces=front,^back virt-type=kvm zones=a,b"
                        + " allocate-public-ip=false image-id=img-1");

        Constraints made = Constraints.none()
                .withArch(Arch.ARM64)
                .withContainer(ContainerType.LXD)
                .withCores(2)
                .withCpuPower(100)
                .withInstanceRole("auto")
                .withInstanceType("big")
                .withMemoryMib(4096)
                .withRootDiskMib(8192)
                .withRootDiskSource("pool")
                .withTags("ssd", "gpu")
                .withSpaces("front", "^back")
                .withVirtType("kvm")
                .withZones("a", "b")
                .withAllocatePublicIp(false)
                .withImageId("img-1");

        assertThat(made).isEqualTo(written).hasSameHashCodeAs(written);
        assertThat(made.names()).containsExactly(ConstraintName.values());
        assertThat(made.arch()).contains(Arch.ARM64);
        assertThat(made.container()).contains(ContainerType.LXD);
        assertThat(made.cores()).hasValue(2);
        assertThat(made.cpuPower()).hasValue(100);
        assertThat(made.instanceRole()).contains("auto");
        assertThat(made.instanceType()).contains("big");
        assertThat(made.memoryMib()).hasValue(4096);
        assertThat(made.rootDiskMib()).hasValue(8192);
        assertThat(made.rootDiskSource()).contains("pool");
        assertThat(made.tags()).containsExactly("ssd", "gpu");
        assertThat(made.spaces()).containsExactly("front", "^back");
        assertThat(made.includeSpaces()).containsExactly("front");
        assertThat(made.excludeSpaces()).containsExactly("back");
        assertThat(made.virtType()).contains("kvm");
        assertThat(made.zones()).containsExactly("a", "b");
        assertThat(made.allocatePublicIp()).contains(false);
        assertThat(made.imageId()).contains("img-1");
    }

    @Test
    void whatIsSetToNothing_isSetButAsksForNothing() {
        Constraints empty = Constraints.parse(
                "arch= container= cores= cpu-power= instance-role= instance-type= mem= root-disk= root-disk-source= tags="
                        + " spaces= virt-type= zones= image-id=");

        assertThat(empty.names()).hasSize(ConstraintName.values().length - 1);
        assertThat(empty.names()).noneMatch(empty::has);
        assertThat(empty.arch()).isEmpty();
        assertThat(empty.container()).isEmpty();
        assertThat(empty.memoryMib()).isEmpty();
        assertThat(empty.zones()).isEmpty();
        assertThat(empty.isEmpty()).isFalse();
        assertThat(Constraints.parse("container=none").has(ConstraintName.CONTAINER))
                .isFalse();
        assertThat(Constraints.parse("allocate-public-ip=").isEmpty()).isTrue();
    }

    @Test
    void whatIsSetToNothing_overridesADefault() {
        Constraints defaults = Constraints.parse("mem=4G zones=a");

        assertThat(Constraints.parse("mem= cores=2").withFallback(defaults)).hasToString("cores=2 mem= zones=a");
        assertThat(defaults.without(Set.of(ConstraintName.ZONES))).hasToString("mem=4096M");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mem 4G            | "mem" is not a constraint; write it as name=value
            meme=4G           | there is no constraint "meme"; did you mean "mem"?
            memory=4G         | there is no constraint "memory"; use one of arch, container, cores
            cpu-core=4        | did you mean "cpu-cores"?
            cores=four        | the value "four" of constraint "cores" must be a whole number, written in decimal digits
            cpu-cores=x       | the value "x" of constraint "cores" must be
            mem=4g            | the value "4g" of constraint "mem" must be a size of 0 or more, such as 512M
            arch=x86_64       | the value "x86_64" of constraint "arch" must be one of amd64, arm64
            container=docker  | the value "docker" of constraint "container" must be one of none, lxd, kvm
            spaces=a,B        | the value "a,B" of constraint "spaces" must be names of spaces
            allocate-public-ip=yes | the value "yes" of constraint "allocate-public-ip" must be true or false
            mem=1G mem=2G     | constraint "mem" is given twice: "mem=2G" comes after "mem=1024M"
            """)
    void anError_namesTheConstraintTheValueAndWhatToDo(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraints.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void anError_isOnOneLineHoweverStrangeTheValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraints.parse("mem=1\n\033[2J" + "9".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage())
                        .contains("\"1\\u000a\\u001b[2J999")
                        .hasSizeLessThan(400)
                        .doesNotContain("\n", "\033"));
    }

    @ParameterizedTest
    @Tag("D-46")
    @ValueSource(
            strings = {
                "NaN",
                "nan",
                "Inf",
                "inf",
                "+Inf",
                "-Inf",
                "Infinity",
                "NaNG",
                "InfG",
                "0x10",
                "0x1p4",
                "1e300",
                "1e999999999",
                "9e9999999999",
                "17179869184P",
                "18446744073709551616",
                "1__0",
                "_1",
                "1_",
                "1.2.3",
                ".",
                "e3",
                "1e",
                "-1",
                "٣G"
            })
    void whatIsNoSizeOrDoesNotFit_isRefused(String size) {
        for (String name : List.of("mem", "root-disk")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Constraints.parse(name + "=" + size))
                    .withMessageContaining("\"" + name + "\" must be a size");
        }
    }

    @ParameterizedTest
    @Tag("D-46")
    @CsvSource({
        "18446744073709551615, 18446744073709551615",
        "17179869183.9P, 18446744073602177434",
        "1e-999999999P, 1",
        "1e-999999999, 1",
        "0e999999999, 0",
        "9007199254740993M, 9007199254740993",
        "0.1T, 104858"
    })
    void aSize_isExactAndRoundedUp(String size, BigInteger mebibytes) {
        assertThat(Constraints.parse("mem=" + size).toMap()).containsEntry("mem", mebibytes);
    }

    @Test
    @Tag("D-52")
    void integers_areExactUpToTheLast() {
        Constraints constraints = Constraints.parse("cores=" + MAX + " mem=" + MAX + "M cpu-power=9007199254740993");

        Constraints merged = ConstraintsValidator.permissive().merge(constraints, Constraints.parse("zones=a"));

        assertThat(merged).hasToString("cores=" + MAX + " cpu-power=9007199254740993 mem=" + MAX + "M zones=a");
        assertThat(Constraints.fromYaml(merged.toYaml())).isEqualTo(merged);
        assertThat(merged.cores()).hasValue(Long.MAX_VALUE);
        assertThat(merged.cpuPower()).hasValue(9007199254740993L);
        assertThat(merged.isMetBy(InstanceType.of("big", Arch.AMD64, 64, 1_000_000)))
                .isFalse();
    }

    @ParameterizedTest
    @Tag("D-47")
    @CsvSource({
        "'a,b', tags=a\\u002cb",
        "'a ', tags=a\\u0020",
        "'a\t', tags=a\\u0009",
        "'a\\', tags=a\\u005c",
        "'a\\u0041', tags=a\\u005cu0041",
        "' a', tags=\\ a",
        "'a\\b', tags=a\\b",
        "'a\\ b', tags=a\\\\ b"
    })
    void whatWouldBeReadDifferently_isEscaped(String tag, String text) {
        Constraints constraints = Constraints.none().withTags(tag);

        assertThat(constraints).hasToString(text);
        assertThat(Constraints.parse(text)).isEqualTo(constraints);
        assertThat(Constraints.parse(text).tags()).containsExactly(tag);
    }

    @Test
    @Tag("D-47")
    void anyConstraints_areReadAsTheyWereWritten() {
        Seeds.forEach(2_000, seed -> {
            Constraints constraints = any(new Random(seed));

            assertThat(Constraints.parse(constraints.toString())).isEqualTo(constraints);
            assertThat(Constraints.parse(constraints.toString(), "", " ").toString())
                    .isEqualTo(constraints.toString());
            assertThat(Constraints.fromMap(constraints.toMap())).isEqualTo(constraints);
        });
    }

    @Test
    void anyConstraints_surviveYaml() {
        Seeds.forEach(300, seed -> {
            Constraints constraints = any(new Random(seed));

            assertThat(Constraints.fromYaml(constraints.toYaml())).isEqualTo(constraints);
        });
    }

    @Test
    void pairsInAnyOrderAndOverAnyArguments_areTheSame() {
        Seeds.forEach(500, seed -> {
            Random random = new Random(seed);
            Constraints constraints = any(random);
            List<Constraints> parts = new ArrayList<>(constraints.names().stream()
                    .map(name -> constraints.without(Arrays.stream(ConstraintName.values())
                            .filter(other -> other != name)
                            .toList()))
                    .toList());
            Collections.shuffle(parts, random);

            assertThat(Constraints.join(parts)).isEqualTo(constraints);
            assertThat(Constraints.parse(
                            parts.stream().map(Constraints::toString).toArray(String[]::new)))
                    .isEqualTo(constraints);
        });
    }

    @Test
    void aFallback_fillsInAndNothingElse() {
        Seeds.forEach(1_000, seed -> {
            Random random = new Random(seed);
            Constraints a = any(random);
            Constraints b = any(random);
            Constraints c = any(random);

            assertThat(a.withFallback(a)).isEqualTo(a);
            assertThat(a.withFallback(Constraints.none())).isEqualTo(a);
            assertThat(Constraints.none().withFallback(a)).isEqualTo(a);
            assertThat(a.withFallback(b).withFallback(c)).isEqualTo(a.withFallback(b.withFallback(c)));
            assertThat(a.withFallback(b).toMap()).containsAllEntriesOf(a.toMap());
        });
    }

    /** Run for longer with {@code -Dfuzz.minutes=30}. */
    @Test
    void whateverIsRead_isUnderstoodOrRefused() {
        long end = System.nanoTime()
                + Duration.ofMinutes(Integer.getInteger("fuzz.minutes", 0)).toNanos();
        long seed = 0;
        do {
            for (long last = seed + 5_000; seed < last; seed++) {
                String text = anyText(new Random(seed));
                try {
                    Constraints constraints = Constraints.parse(text);
                    assertThat(Constraints.parse(constraints.toString()))
                            .as("seed " + seed)
                            .isEqualTo(constraints);
                } catch (IllegalArgumentException e) {
                    assertThat(e.getMessage()).as("seed " + seed).isNotBlank();
                }
            }
        } while (System.nanoTime() < end);
    }

    @Test
    @Tag("D-48")
    void aMap_isCheckedLikeText() {
        Map<String, Object> bad = new HashMap<>();
        bad.put("arch", "potato");
        bad.put("container", "docker");
        bad.put("cores", 1.5);
        bad.put("mem", "4G");
        bad.put("root-disk", -1);
        bad.put("cpu-power", BigInteger.ONE.shiftLeft(64));
        bad.put("tags", "a,b");
        bad.put("zones", Arrays.asList("a", null));
        bad.put("spaces", List.of("A_B"));
        bad.put("allocate-public-ip", "true");
        bad.put("image-id", 7);
        bad.forEach((name, value) -> assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraints.fromMap(Map.of(name, value)))
                .withMessageContaining("constraint \"" + name + "\" must be"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraints.fromMap(Map.of("meme", 1)))
                .withMessageContaining("did you mean \"mem\"?");
    }

    @Test
    @Tag("D-48")
    void aNull_isNotSet() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instance-type", null);
        map.put("cores", (short) 2);

        assertThat(Constraints.fromMap(map)).hasToString("cores=2");
        assertThat(Constraints.fromYaml("tags: ~\ninstance-type: null\nmem:\n").isEmpty())
                .isTrue();
    }

    @Test
    @Tag("D-51")
    void aNameThatIsThereTwice_isToldInTheSameOrderAlways() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraints.fromYaml("cpu-cores: 5\ncores: 4\n"))
                .withMessageContaining("cores duplicates cpu-cores");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraints.fromYaml("cores: 5\ncpu-cores: 4\n"))
                .withMessageContaining("cores duplicates cpu-cores");
    }

    @Test
    void yamlThatIsNone_saysWhere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraints.fromYaml("mem: 1\nmem: 2\n"))
                .withMessageContaining("line 2");
    }

    @Test
    void aSizeOfMachine_meetsWhatItSaysItIs() {
        InstanceType type = InstanceType.of("small", Arch.AMD64, 2, 2048);

        assertThat(List.of("", "mem=2G cores=2 arch=amd64 instance-type=small", "mem= arch=", "tags=ssd root-disk=1P"))
                .allMatch(text -> Constraints.parse(text).isMetBy(type));
        assertThat(List.of("mem=2049M", "cores=3", "arch=arm64", "instance-type=Small", "mem=" + MAX))
                .noneMatch(text -> Constraints.parse(text).isMetBy(type));
    }

    @Test
    void aNegativeNumber_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraints.none().withMemoryMib(-1))
                .withMessageContaining("the value \"-1\" of constraint \"mem\"");
    }

    @Test
    void halfACharacter_isRefused() {
        assertThat(Constraints.parse("tags=\\ud83d\\ude00").tags()).containsExactly("\ud83d\ude00");
        for (String half : List.of("\ud83d", "\ude00", "a\ude00\ud83d")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Constraints.none().withTags("a", half))
                    .withMessageContaining("constraint \"tags\" must be a list of texts, but one of them is half");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Constraints.parse("virt-type=" + half))
                    .withMessageContaining("of constraint \"virt-type\" must be text, but is half");
        }
    }

    @Test
    void aListOfOneEmptyText_isTheEmptyList() {
        assertThat(Constraints.none().withTags("")).isEqualTo(Constraints.parse("tags="));
        assertThat(Constraints.none().withTags("", "").tags()).containsExactly("", "");
    }

    static Constraints any(Random random) {
        Constraints constraints = Constraints.none();
        for (ConstraintName name : ConstraintName.values()) {
            if (random.nextBoolean()) {
                constraints = Constraints.fromMap(Map.of(name.text(), anyValue(name, random)))
                        .withFallback(constraints);
            }
        }
        return constraints;
    }

    private static Object anyValue(ConstraintName name, Random random) {
        return switch (name) {
            case ARCH -> List.of("", "amd64", "s390x").get(random.nextInt(3));
            case CONTAINER -> List.of("", "none", "lxd", "kvm").get(random.nextInt(4));
            case CORES, CPU_POWER, MEM, ROOT_DISK -> new BigInteger(random.nextInt(65), random);
            case TAGS, ZONES ->
                random.ints(random.nextInt(4), 0, 1 << 20)
                        .mapToObj(n -> anyWord(new Random(n)))
                        .toList();
            case SPACES -> List.of("a-b", "^c9", "x").subList(0, random.nextInt(4));
            case ALLOCATE_PUBLIC_IP -> random.nextBoolean();
            default -> anyWord(random);
        };
    }

    /** Words in which what separates, escapes and is trimmed occurs more often than it would. */
    private static String anyWord(Random random) {
        String letters = "ab ,\\u0041=^\t\n\"'é☃x\u3000\u2028#:{}[]&*!|>%@-~\0\uFFFE\u0085\u007f\uFEFF";
        StringBuilder word = new StringBuilder();
        random.ints(random.nextInt(8), 0, letters.length()).forEach(i -> word.append(letters.charAt(i)));
        return word.toString();
    }

    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            if (random.nextInt(8) > 0) {
                ConstraintName[] names = ConstraintName.values();
                text.append(names[random.nextInt(names.length)].text()).append('=');
            }
            String numbers = "0123456789.eE+-_MGTPNaIinfx";
            random.ints(random.nextInt(6), 0, numbers.length()).forEach(j -> text.append(numbers.charAt(j)));
            text.append(random.nextInt(3) == 0 ? anyWord(random) : "").append(' ');
        }
        return text.toString();
    }
}
