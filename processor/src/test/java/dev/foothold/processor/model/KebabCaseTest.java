package dev.foothold.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KebabCaseTest {

    @ParameterizedTest
    @CsvSource({
        "rootDisk, root-disk",
        "URLPath, url-path",
        "key2Path, key2-path",
        "x509, x509",
        "Acme Cloud, acme-cloud",
        "ACME_CLOUD, acme-cloud",
        "acme.cloud, acme-cloud",
        "_hidden$, hidden",
        "acme, acme",
        "'', ''",
        "größe, größe"
    })
    void of_comesAsNearAsItCan(String name, String kebab) {
        assertThat(KebabCase.of(name)).isEqualTo(kebab);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "a", "acme-cloud", "s3"})
    void matches_takesLowerCaseLettersDigitsAndHyphens(String name) {
        assertThat(KebabCase.matches(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Acme", "-acme", "3s", "acme cloud", "größe", "acme_cloud"})
    void matches_refusesTheRest(String name) {
        assertThat(KebabCase.matches(name)).isFalse();
    }
}
