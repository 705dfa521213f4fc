package dev.foothold.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.testing.Seeds;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

    @Test
    void load_givesPlainValuesInTheOrderOfTheDocument() throws YamlException {
        Map<String, @Nullable Object> values = YamlText.load("""
                text: a b
                quoted: "1"
                number: 42
                hex: 0x1F
                large: 18446744073709551615
                real: 1.50
                yes: 'key'
                flag: true
                nothing: ~
                list: [1, two, null]
                map: {a: {b: c}}
                time: 12:30
                date: 2026-01-01
                sign: =
                """.replace("yes:", "'yes':"));

        assertThat(values)
                .containsExactlyEntriesOf(entries(
                        "text",
                        "a b",
                        "quoted",
                        "1",
                        "number",
                        42L,
                        "hex",
                        31L,
                        "large",
                        new BigInteger("18446744073709551615"),
                        "real",
                        1.5,
                        "yes",
                        "key",
                        "flag",
                        true,
                        "nothing",
                        null,
                        "list",
                        Arrays.asList(1L, "two", null),
                        "map",
                        Map.of("a", Map.of("b", "c")),
                        "time",
                        "12:30",
                        "date",
                        "2026-01-01",
                        "sign",
                        "="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n\n", "# nothing\n", "null\n", "~", "---\n", "\uFEFF"})
    void load_ofNothing_isAnEmptyMap(String text) throws YamlException {
        assertThat(YamlText.load(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {                               | 1 | 2  | end
                    a: 1\\nb: [\\n                  | 3 | 1  | end
                    a: 1\\nb: 2\\na: 3              | 3 | 1  | "a" occurs twice
                    a: {b: 1, b: 2}                 | 1 | 11 | "b" occurs twice
                    \\tx: 1                         | 1 | 1  | (TAB)
                    - a                             | 1 | 1  | a mapping is expected, not a list
                    word                            | 1 | 1  | a mapping is expected, not a single value
                    a: 1\\n1: 2                     | 2 | 1  | key 1 is not text
                    a: 1\\n? [x]\\n: 2              | 2 | 3  | key must be text, not a list
                    a: *b                           | 1 | 4  | b
                    a: &x {z: 1}\\nb: {<<: *x}      | 2 | 5  | key << is not text
                    a: &x [*x]                      | 1 | 4  | contains itself
                    a: !secret x                    | 1 | 4  | !secret
                    a: !!binary aGVsbG8=            | 1 | 4  | binary
                    a: !!set {x}                    | 1 | 4  | set
                    a: !!int x                      | 1 | 4  | not what its tag says
                    a: !!bool x                     | 1 | 4  | not what its tag says
                    a: !!float x                    | 1 | 4  | not what its tag says
                    a: !!java.net.URL [http://x]    | 1 | 4  | java.net.URL
                    a: 1\\n---\\nb: 2               | 2 | 1  | another document
                    a: 1\\nbc\\u0007: 2             | 2 | 3  | U+0007
                    """)
    void load_ofWhatIsWrong_saysWhereAndWhy(String text, int line, int column, String reason) {
        String document = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007");

        YamlException e = catchThrowableOfType(YamlException.class, () -> YamlText.load(document));

        assertThat(e).isNotNull();
        assertThat(e.line()).as("line of %s", e.getMessage()).isEqualTo(line);
        assertThat(e.column()).as("column of %s", e.getMessage()).isEqualTo(column);
        assertThat(e.reason()).contains(reason);
        assertThat(e).hasMessage("line " + line + ", column " + column + ": " + e.reason());
    }

    @Test
    void errors_doNotQuoteTheDocument() {
        YamlException e =
                catchThrowableOfType(YamlException.class, () -> YamlText.load("password: hunter2\nkeys: [hunter3\n"));

        assertThat(e.getMessage()).doesNotContain("hunter");
        assertThat(e).hasNoCause();
    }

    @Test
    void load_ofSmallTextThatMeansAHugeOne_isRefused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String alias = "*a" + (i - 1);
            laughs.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(10, alias))));
        }
        assertThatThrownBy(() -> YamlText.load(laughs.toString()))
                .isInstanceOf(YamlException.class)
                .hasMessageContaining("aliases");
    }

    @Test
    void load_ofDeepNesting_isRefused() {
        assertThatThrownBy(() -> YamlText.load("a: " + "[".repeat(100_000)))
                .isInstanceOf(YamlException.class)
                .hasMessageContaining("50");
    }

    @Test
    void load_ofATextThatIsTooLong_isRefused() {
        assertThatThrownBy(() -> YamlText.load("a: " + "x".repeat(YamlNodes.MAX_LENGTH)))
                .isInstanceOf(YamlException.class)
                .hasMessageContaining(Integer.toString(YamlNodes.MAX_LENGTH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "~",
                "true",
                "Yes",
                "off",
                "y",
                "N",
                "1",
                "-1",
                "+1",
                "007",
                "0x10",
                "0o17",
                "0b1",
                "1_000",
                "1.50",
                ".5",
                "5.",
                "1e3",
                "1E-3",
                ".inf",
                "-.INF",
                ".NaN",
                "12:30",
                "1:2:3.5",
                "2026-01-01",
                "2026-01-01T00:00:00Z",
                "<<",
                "=",
                "0x_"
            })
    void render_quotesTextThatSomeReaderTakesForSomethingElse(String text) throws YamlException {
        String yaml = YamlText.render(Map.of("a", text));

        assertThat(yaml).isEqualTo("a: \"" + text + "\"\n");
        assertThat(YamlText.load(yaml)).isEqualTo(Map.of("a", text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "word",
                "two words",
                "i-0abc",
                "1a",
                "v1.2.3",
                "10.0.0.1",
                "a:b",
                "a#b",
                "http://x:80/y",
                "é",
                "x=y"
            })
    void render_leavesOtherTextUnquoted(String text) {
        assertThat(YamlText.render(Map.of("a", text))).isEqualTo("a: " + text + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " a",
                "a ",
                "- a",
                "-",
                "a: b",
                "a:",
                "a #b",
                "#a",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "|",
                ">",
                "{a",
                "[a",
                "\"a",
                "'a'",
                "?",
                "a\tb",
                "\t",
                "a\rb",
                "\u0085",
                "\u2028",
                "\u0000",
                "\uFEFF",
                "\uD83D\uDE00",
                "\u007F",
                "---",
                "..."
            })
    void render_writesAnyTextSoThatItIsReadBack(String text) throws YamlException {
        assertThat(YamlText.load(YamlText.render(Map.of("a", text, text, List.of(text)))))
                .isEqualTo(Map.of("a", text, text, List.of(text)));
    }

    @Test
    void render_writesLinesAsALiteralBlock() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("path", "/etc/motd");
        file.put("content", "#!/bin/sh\nset -e\n  echo \"$1: 'x'\" # y\n\nexit\n");
        file.put("rest", "no line end\nhere");
        file.put("more", "two\nline ends\n\n");

        assertThat(YamlText.render(Map.of("write_files", List.of(file)))).isEqualTo("""
                        write_files:
                        - path: /etc/motd
                          content: |
                            #!/bin/sh
                            set -e
                              echo "$1: 'x'" # y

                            exit
                          rest: |-
                            no line end
                            here
                          more: |+
                            two
                            line ends

                        """);
    }

    @Test
    void render_writesScalarsListsAndMapsInTheirOrder() {
        assertThat(YamlText.render(entries(
                        "z",
                        1,
                        "a",
                        true,
                        "u",
                        null,
                        "long",
                        Long.MIN_VALUE,
                        "real",
                        1e10,
                        "none",
                        List.of(),
                        "empty",
                        Map.of(),
                        "list",
                        List.of(List.of("x", "w"), "z"))))
                .isEqualTo("""
                        z: 1
                        a: true
                        u: null
                        long: -9223372036854775808
                        real: 1.0E+10
                        none: []
                        empty: {}
                        list:
                        - - x
                          - w
                        - z
                        """);
    }

    @Test
    void render_escapesLinesThatNoBlockCanHold() {
        assertThat(YamlText.render(Map.of("a", "one\n\ttwo"))).isEqualTo("a: \"one\\n\\ttwo\"\n");
        assertThat(YamlText.render(Map.of("a", "one \ntwo"))).isEqualTo("a: \"one \\ntwo\"\n");
    }

    @Test
    void render_doesNotFoldLongText() {
        String text = "word ".repeat(200) + "end";

        assertThat(YamlText.render(Map.of("a", text))).isEqualTo("a: " + text + "\n");
    }

    @Test
    void render_repeatsWhatOccursTwice_insteadOfAnAlias() {
        List<String> shared = List.of("x");

        assertThat(YamlText.render(entries("a", shared, "b", shared))).isEqualTo("a:\n- x\nb:\n- x\n");
    }

    @Test
    void render_ofAnotherType_namesTheKey() {
        assertThatThrownBy(() -> YamlText.render(Map.of("a", List.of(Map.of("when", Instant.EPOCH)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a[0].when")
                .hasMessageContaining("java.time.Instant");
        assertThatThrownBy(() -> YamlText.render(Map.of("a", Map.of(1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key 1 in \"a\"");
        assertThatThrownBy(() -> YamlText.render(Map.of("a", Double.NaN))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void render_ofAValueThatContainsItself_isRefused() {
        List<Object> self = new ArrayList<>();
        self.add(self);

        assertThatThrownBy(() -> YamlText.render(Map.of("a", self)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("50");
    }

    @Test
    void whatIsRendered_isReadBackTheSame_forRandomDocuments() {
        Seeds.forEach(2_000, seed -> {
            Map<String, Object> document = randomMap(new Random(seed), 3);
            String yaml = YamlText.render(document);
            assertThat(YamlText.load(yaml)).as(yaml).isEqualTo(document);
            assertThat(YamlText.render(YamlText.load(yaml))).isEqualTo(yaml);
        });
    }

    private static Map<String, Object> randomMap(Random random, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(randomText(random), randomValue(random, depth));
        }
        return map;
    }

    private static Object randomValue(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> random.nextLong() >> random.nextInt(64);
            case 1 -> random.nextBoolean();
            case 2, 3 -> randomText(random);
            case 4 -> randomMap(random, depth - 1);
            default -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(randomValue(random, depth - 1));
                }
                yield list;
            }
        };
    }

    private static String randomText(Random random) {
        String alphabet = "aab  \n\n\t:#-'\"\\|>%*&!?,[]{}~0179.exoyn_=<+@`\r\u0085\u00A0\u2028\u0007é";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static Map<String, @Nullable Object> entries(@Nullable Object... keysAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }
}
