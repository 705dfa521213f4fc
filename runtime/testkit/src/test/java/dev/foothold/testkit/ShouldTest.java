package dev.foothold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import dev.foothold.environ.Environ;
import dev.foothold.instance.Instance;
import dev.foothold.model.Tags;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What SHOULD be kept is told of, and fails only for those who are strict. */
class ShouldTest {

    /** Honours what MUST be kept. */
    static class Lenient extends SmallContract {
        @Override
        Environ environ() {
            return new ZonedSmallEnviron(cloud) {
                @Override
                public List<Instance> allInstances(Tags owner) throws Exception {
                    return super.allInstances(owner).stream()
                            .map(one -> one.launchedAt(null))
                            .toList();
                }
            };
        }
    }

    @AfterEach
    void beLenient() {
        System.clearProperty(ContractMode.STRICT);
    }

    @Test
    void aRuleThatShouldBeKeptIsReportedAsAborted() {
        assertThat(launchTime().getStatus()).isEqualTo(TestExecutionResult.Status.ABORTED);
        assertThat(launchTime().getThrowable().orElseThrow())
                .hasMessageContainingAll("START-TELLS-LAUNCH (SHOULD)", "broken: ", "Instance#launchTime");
    }

    @Test
    void whoIsStrictIsTakenAtTheirWord() {
        System.setProperty(ContractMode.STRICT, "true");
        assertThat(launchTime().getStatus()).isEqualTo(TestExecutionResult.Status.FAILED);
    }

    private static TestExecutionResult launchTime() {
        Map<String, TestExecutionResult> results = new TreeMap<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectNestedClass(List.of(Lenient.class), ProviderContract.Start.class))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                results.put(test.getDisplayName(), result);
                            }
                        });
        return results.get("START-TELLS-LAUNCH: the launch time is told");
    }
}
