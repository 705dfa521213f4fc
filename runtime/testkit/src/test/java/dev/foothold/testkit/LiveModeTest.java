package dev.foothold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run in a real account keeps within its bounds and leaves nothing. */
class LiveModeTest {

    private static final AtomicInteger MOST = new AtomicInteger();
    private static volatile SmallCloud cloud;

    @TempDir
    Path directory;

    /** Counts how many machines there are at a time. */
    static class Counted extends SmallContract {
        @Override
        Environ environ() {
            LiveModeTest.cloud = cloud;
            return new ZonedSmallEnviron(cloud) {
                @Override
                public Instance startInstance(StartInstanceParams params) throws Exception {
                    Instance started = super.startInstance(params);
                    MOST.accumulateAndGet(cloud.machines.size(), Math::max);
                    return started;
                }
            };
        }

        @Override
        protected Patience patience() {
            return Patience.OFFLINE.withSettling(Duration.ofMillis(20));
        }

        @Override
        protected LiveBounds bounds() {
            return LiveBounds.DEFAULT.at("0.10", "EUR");
        }
    }

    @AfterEach
    void beOffline() {
        System.clearProperty(ContractMode.PROPERTY);
    }

    @Test
    void neverMoreThanThreeInstancesAreThereAndNoneIsLeft() throws Exception {
        System.setProperty(ContractMode.PROPERTY, "live");
        MOST.set(0);
        List<String> run = new ArrayList<>();
        List<String> left = new ArrayList<>();
        String said = Said.during(() -> LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(Counted.class))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionSkipped(TestIdentifier test, String reason) {
                                left.add(test.getDisplayName() + ": " + reason);
                            }

                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                run.add(test.getDisplayName() + " " + result.getStatus());
                            }
                        }));

        assertThat(run)
                .contains("START-TAGS: every tag is listed unchanged SUCCESSFUL")
                .noneMatch(one -> one.endsWith("FAILED"));
        assertThat(left).contains("LIST-COMPLETE: the listing has all pages: checked offline only");
        assertThat(MOST).hasValueBetween(1, 3);
        assertThat(cloud.machines).isEmpty();
        assertThat(said)
                .contains("Contract, live: at most 3 instances at a time for at most 30 min: 90 instance-minutes,"
                        + " 0.15 EUR at most.");
    }

    @Test
    void whenTheTimeIsOverEverythingIsRemovedAndNothingStarted() throws Exception {
        AtomicBoolean swept = new AtomicBoolean();
        LiveGuard guard = LiveGuard.within(
                LiveBounds.DEFAULT.within(Duration.ofMillis(50)), () -> swept.set(true), List::of, Duration.ZERO);
        String said = Said.during(() -> {
            guard.begin();
            while (!swept.get()) {
                Thread.sleep(5);
            }
        });

        assertThat(said).contains("Contract, live: ", "has taken all the time that it may take");
        assertThatThrownBy(() -> guard.start(() -> Instance.of("i-1", InstanceStatus.PENDING)))
                .hasMessageContaining("nothing is started any more");
        guard.end();
    }

    @Test
    void whoAbortsTheRunHasEverythingRemoved() throws Exception {
        Path swept = directory.resolve("swept");
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Aborted.class.getName(),
                        swept.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = run.inputReader()) {
            assertThat(said.readLine()).startsWith("Contract, live: ");
            assertThat(said.readLine()).isEqualTo("under way");
            run.destroy();
            assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(swept).exists();
    }

    /** A run that never ends by itself. */
    static final class Aborted {
        public static void main(String... arguments) throws Exception {
            Path swept = Path.of(arguments[0]);
            LiveGuard.within(LiveBounds.DEFAULT, () -> Files.createFile(swept), List::of, Duration.ZERO)
                    .begin();
            System.out.println("under way");
            Thread.sleep(Duration.ofMinutes(1).toMillis());
        }
    }

    @Test
    void boundsThatCannotBeKeptAreRefused() {
        assertThatThrownBy(() -> new LiveBounds(2, Duration.ofMinutes(1), java.math.BigDecimal.ZERO, ""))
                .hasMessage("a live run needs at least 3 instances at a time, not 2");
        assertThatThrownBy(() -> LiveBounds.DEFAULT.within(Duration.ZERO)).hasMessageContaining("needs some time");
        assertThatThrownBy(() -> LiveBounds.DEFAULT.at("-1", "EUR")).hasMessageContaining("must not be negative");
        System.setProperty(ContractMode.PROPERTY, "production");
        assertThatThrownBy(ContractMode::current)
                .hasMessage("system property foothold.contract is \"production\"; use offline or live");
    }
}
