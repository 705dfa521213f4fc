package dev.foothold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The kit bites: whoever breaks a rule is told so, first of all. */
@DisabledIfSystemProperty(named = "foothold.quick", matches = "true", disabledReason = "takes most of a minute")
class MutantsTest {

    @AfterAll
    static void closeWhatMutantsForget() throws IOException {
        for (var file : Mutants.FORGOTTEN) {
            file.close();
        }
    }

    static Stream<Mutant> mutants() {
        return Mutants.all().stream();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void theRuleThatIsBrokenIsNamedFirst_andNothingElseIsBrokenThatNeedNotBe(Mutant mutant) {
        List<BrokenRuleError> broken = examine(mutant);

        assertThat(broken).as("failures").isNotEmpty();
        assertThat(broken.get(0).rule()).as(broken.get(0).getMessage()).isEqualTo(mutant.rule());
        assertThat(broken.get(0).getMessage())
                .startsWith(mutant.rule().id() + " (MUST): ")
                .contains("broken: ", "to do:  " + mutant.rule().cure());
        Set<Rule> unexpected =
                new LinkedHashSet<>(broken.stream().map(BrokenRuleError::rule).toList());
        unexpected.remove(mutant.rule());
        unexpected.removeAll(mutant.consequences());
        assertThat(unexpected).as("broken besides, by " + mutant).isEmpty();
    }

    /** Gives what the contract finds, in its order. The whole takes seconds, and is left out unless it is what is broken. */
    static List<BrokenRuleError> examine(Mutant mutant) {
        LauncherDiscoveryRequestBuilder request =
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(MutatedContract.class));
        if (mutant.rule() != Rule.LIFE_CYCLE) {
            request.filters(TagFilter.excludeTags(LifeRules.TAG));
        }
        List<BrokenRuleError> broken = new ArrayList<>();
        MutatedContract.mutant = mutant;
        MutatedContract.enough = false;
        LauncherFactory.create().execute(request.build(), new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() && result.getStatus() == TestExecutionResult.Status.FAILED) {
                    Throwable failure = result.getThrowable().orElseThrow();
                    assertThat(failure).as(test.getDisplayName()).isInstanceOf(BrokenRuleError.class);
                    broken.add((BrokenRuleError) failure);
                    MutatedContract.enough = mutant.consequences().size() == Rule.values().length;
                }
            }
        });
        return broken;
    }
}
