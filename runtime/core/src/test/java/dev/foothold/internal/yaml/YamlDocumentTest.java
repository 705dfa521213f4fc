package dev.foothold.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDocumentTest {

    @Test
    void list_givesScalarsAsTheyAreWrittenWithTheirLines() throws YamlException {
        YamlDocument document = YamlDocument.parse("""
                # ids
                ids:
                - 123
                - 0x10
                - 1.50
                - yes
                - null
                - "~"
                - 2026-01-01
                - !!int 7
                """);

        assertThat(document.list("ids"))
                .extracting(YamlDocument.Scalar::text)
                .containsExactly("123", "0x10", "1.50", "yes", "null", "~", "2026-01-01", "7");
        assertThat(document.list("ids")).extracting(YamlDocument.Scalar::line).containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "other: 1", "ids:", "ids: ~", "ids: []", "{}"})
    void list_ofNothing_isEmpty(String text) throws YamlException {
        assertThat(YamlDocument.parse(text).list("ids")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ids: a            | 1 | "ids" must be a list, not a single value
                    ids: ''           | 1 | "ids" must be a list, not a single value
                    x: 1\\nids: {a: b} | 2 | "ids" must be a list, not a mapping
                    ids:\\n- a\\n- [b] | 3 | an item of "ids" must be text, not a list
                    """)
    void list_ofSomethingElse_isRefusedWithItsLine(String text, int line, String reason) throws YamlException {
        YamlDocument document = YamlDocument.parse(text.replace("\\n", "\n"));

        assertThatThrownBy(() -> document.list("ids")).isInstanceOfSatisfying(YamlException.class, e -> {
            assertThat(e.line()).isEqualTo(line);
            assertThat(e.reason()).isEqualTo(reason);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other: 1\n",
                "other: 0x1F\n",
                "other: 1.50\n",
                "other: \"1\"\n",
                "other: 'it''s'\n",
                "other: '08'\n",
                "other: 1e3\n",
                "other: 0o17\n",
                "other: y\n",
                "other: 12:30\n",
                "other: 2026-01-01\n",
                "other: ~\n",
                "other:\n- a\n- b: {c: [1, 2]}\n",
                "other: !mine {a: 1}\n",
                "other: !!binary 'aGVsbG8='\n",
                "other: |\n  two\n  lines\n",
                "other: >-\n  folded\n",
                "1: number\n",
                "? [a, b]\n: composite\n",
                "base: &base {a: 1}\nother:\n  <<: *base\n  b: 2\n",
                "a: &x [1]\nb: *x\n"
            })
    void unknownKeys_surviveAChange(String unknown) throws YamlException {
        String changed = YamlDocument.parse(unknown + "ids: [a]\n")
                .with("ids", List.of("a", "b"))
                .render();

        assertThat(changed).isEqualTo(unknown + "ids:\n- a\n- b\n");
    }

    @Test
    void unknownNumbersWithLeadingZeros_stayNumbers() throws YamlException {
        YamlDocument changed = YamlDocument.parse("mode: 0644\n").with("ids", List.of());

        assertThat(YamlText.load(changed.render())).containsEntry("mode", 0644L);
    }

    @Test
    void unknownKeys_keepTheirMeaningWhenTheKnownKeyIsTheirAnchor() throws YamlException {
        YamlDocument changed = YamlDocument.parse("ids: &x [a]\nother: *x\n").with("ids", List.of("b"));

        assertThat(YamlText.load(changed.render())).hasToString("{ids=[b], other=[a]}");
    }

    @Test
    void with_keepsTheOrderAndAddsAMissingKeyAtTheEnd() throws YamlException {
        YamlDocument document = YamlDocument.parse("{ids: [a], other: 1}");

        assertThat(document.with("ids", List.of()).with("more", List.of("1")).render())
                .isEqualTo("ids: []\nother: 1\nmore:\n- \"1\"\n");
        assertThat(document.list("ids")).as("the original").hasSize(1);
    }

    @Test
    void with_fillsAnEmptyDocument() throws YamlException {
        assertThat(YamlDocument.empty().with("ids", List.of("a")).render()).isEqualTo("ids:\n- a\n");
        assertThat(YamlDocument.parse("# x\n").with("ids", List.of("a")).render())
                .isEqualTo("ids:\n- a\n");
    }

    @Test
    void parse_refusesMergeKeysThatCouldHideTheKnownKey() {
        assertThatThrownBy(() -> YamlDocument.parse("base: &base {ids: [a]}\n<<: *base\n"))
                .isInstanceOf(YamlException.class)
                .hasMessageContaining("line 2, column 1")
                .hasMessageContaining("merge keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\na: 2\n", "other: {a: 1, a: 2}\n", "- a\n", "{"})
    void parse_refusesWhatTheFormatRefuses(String text) {
        assertThatThrownBy(() -> YamlDocument.parse(text)).isInstanceOf(YamlException.class);
    }
}
