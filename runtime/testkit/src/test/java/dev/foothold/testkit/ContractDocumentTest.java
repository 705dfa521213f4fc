package dev.foothold.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The written contract says what is tested, and is complete. Run with {@code -Dcontract.update=true} to rewrite the parts
 * of {@code CONTRACT.md} that are generated.
 */
class ContractDocumentTest {

    @Test
    void theContractSaysWhatTheRulesSay() throws IOException {
        List<String> lines = ContractDocument.read();
        List<String> expected = ContractDocument.asItShouldBe(lines);
        if (Boolean.getBoolean("contract.update")) {
            Files.write(ContractDocument.FILE, expected);
        }
        assertThat(lines).isEqualTo(expected);
        assertThat(lines)
                .contains("<!-- generated: rules -->", "<!-- generated: proof -->")
                .anyMatch(line -> line.contains("version " + Rule.CONTRACT_VERSION));
    }

    @Test
    void everyRuleIsCitedByATest() {
        assertThat(ContractDocument.tests().keySet()).containsExactly(Rule.values());
    }

    @Test
    void everyRuleThatMustBeKeptIsBrokenByExactlyOneMutant() {
        Set<Rule> must = Arrays.stream(Rule.values())
                .filter(rule -> rule.level() == Rule.Level.MUST)
                .collect(Collectors.toSet());

        assertThat(ContractDocument.mutants().keySet()).containsExactlyInAnyOrderElementsOf(must);
        assertThat(ContractDocument.mutants().values())
                .allSatisfy(mutants -> assertThat(mutants).hasSize(1));
    }

    @Test
    void rulesAndCuresAreWholeSentences() {
        assertThat(Rule.values()).allSatisfy(rule -> {
            assertThat(rule.text()).matches("\\p{Lu}.*\\.");
            assertThat(rule.cure()).matches("\\p{Lu}.*\\.");
            assertThat(rule.id()).matches("[A-Z]+(-[A-Z]+)*");
        });
    }

    @Test
    void theContractIsInTheJar() {
        assertThat(ProviderContract.class.getResource("/META-INF/foothold/CONTRACT.md"))
                .isNotNull();
    }
}
