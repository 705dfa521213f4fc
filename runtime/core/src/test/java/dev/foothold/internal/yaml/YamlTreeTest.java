package dev.foothold.internal.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.internal.yaml.YamlTree.Entries;
import dev.foothold.internal.yaml.YamlTree.Items;
import dev.foothold.internal.yaml.YamlTree.Nothing;
import dev.foothold.internal.yaml.YamlTree.Scalar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTreeTest {

    private static YamlException mistake(String text) {
        return catchThrowableOfType(YamlException.class, () -> YamlTree.parse(text));
    }

    @Test
    void everyPart_knowsTheLineOfItsKey() throws Exception {
        assertThat(YamlTree.parse("""
                        # a comment
                        a: 1
                        b:
                          c: |
                            x
                            y
                          d:
                        e:
                        - f
                        -
                          g: h
                        - [i, j]
                        """))
                .isEqualTo(new Entries(
                        Map.of(
                                "a", new Scalar("1", 2),
                                "b", new Entries(Map.of("c", new Scalar("x\ny\n", 4), "d", new Nothing(7)), 3),
                                "e",
                                        new Items(
                                                List.of(
                                                        new Scalar("f", 9),
                                                        new Entries(Map.of("g", new Scalar("h", 11)), 11),
                                                        new Items(
                                                                List.of(new Scalar("i", 12), new Scalar("j", 12)), 12)),
                                                8)),
                        2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing", "~", "---\n"})
    void nothing_isAnEmptyMapping(String text) throws Exception {
        assertThat(YamlTree.parse(text).entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.10", "yes", "010", "0x1F", "1_000", "2024-01-01", "12:30", ".inf", "=", "1e3", "True"})
    void aWord_staysTheWordItIs(String word) throws Exception {
        assertThat(YamlTree.parse("a: " + word).entries().get("a")).isEqualTo(new Scalar(word, 1));
        assertThat(YamlTree.parse("a: '" + word + "'").entries().get("a")).isEqualTo(new Scalar(word, 1));
        assertThat(YamlTree.parse(word + ": a").entries()).containsKey(word);
    }

    @Test
    void theOrderOfTheDocument_isKept() throws Exception {
        assertThat(YamlTree.parse("z: 1\na: 2\nm: 3").entries()).containsOnlyKeys("z", "a", "m");
        assertThat(List.copyOf(YamlTree.parse("z: 1\na: 2\nm: 3").entries().keySet()))
                .containsExactly("z", "a", "m");
    }

    @Test
    void anAlias_isWhatItStandsFor() throws Exception {
        assertThat(YamlTree.parse("a: &x [1]\nb: *x").entries().get("b"))
                .isEqualTo(new Items(List.of(new Scalar("1", 1)), 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- a                      | 1 | a mapping is expected, not a list",
                "a: 1\\nb: {c: 1, c: 2}   | 2 | the key \"c\" occurs twice",
                "1: a\\n'1': b            | 2 | the key \"1\" occurs twice",
                "a: &x {b: 1}\\nc: {<<: *x} | 2 | merge keys are not allowed here",
                "? [a]\\n: b              | 1 | a key must be text, not a list",
                "a: &x [*x]               | 1 | the value contains itself",
                "a: !x b                  | 1 | a tag is not allowed here; quote a text that begins with an exclamation mark",
                "a: !!binary aGk=         | 1 | a tag is not allowed here; quote a text that begins with an exclamation mark",
                "a: !!set {b: }           | 1 | a tag is not allowed here; quote a text that begins with an exclamation mark",
                "a: 1\\nb: *c             | 2 | the alias is not defined; quote a text that begins with an asterisk",
                "a: !b!c d                | 1 | the tag is not defined; quote a text that begins with an exclamation mark"
            })
    void aMistake_isToldWithItsLine(String text, int line, String reason) {
        YamlException mistake = mistake(text.strip().replace("\\n", "\n"));
        assertThat(mistake.reason()).isEqualTo(reason);
        assertThat(mistake.line()).isEqualTo(line);
    }

    @Test
    void aDocumentThatIsTooLarge_isRefused() {
        assertThat(mistake("a: " + "x".repeat(1 << 20))).hasMessageContaining("longer than");
        assertThat(mistake("a: " + "[".repeat(60) + "]".repeat(60))).isNotNull();
    }
}
