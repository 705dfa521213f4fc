package dev.foothold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foothold.environ.Environ;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A cloud that has a few machines and cannot make more can be held to the contract, too. */
class FewMachinesTest {

    /** Has three machines, and says so. */
    static class Few extends SmallContract {

        Few() {
            cloud.room = 3;
        }

        @Override
        Environ environ() {
            return new SmallEnviron(cloud);
        }

        @Override
        protected int machines() {
            return 3;
        }
    }

    @Test
    void noTestNeedsMoreThanThreeMachinesAtATime() {
        List<String> passed = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Few.class))
                                // Which start one machine each.
                                .filters(TagFilter.excludeTags(LifeRules.TAG))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                                    failed.add(test.getDisplayName() + ": "
                                            + result.getThrowable().orElseThrow());
                                } else if (test.isTest()
                                        && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                                    passed.add(test.getDisplayName());
                                }
                            }
                        });

        assertThat(failed).isEmpty();
        assertThat(passed).hasSizeGreaterThan(40);
    }
}
