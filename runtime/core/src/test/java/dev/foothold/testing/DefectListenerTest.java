package dev.foothold.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class DefectListenerTest {

    private static final String SAMPLES = Samples.class.getName();

    @TempDir
    private Path folder;

    @Test
    void everyTaggedMethod_givesOneLineInNumericOrder() throws IOException {
        assertThat(defects())
                .containsExactly(
                        "D-2 " + SAMPLES + "#fails FAILED",
                        "D-3 " + SAMPLES + "#works PASSED",
                        "D-10 " + SAMPLES + "#works PASSED",
                        "D-20 " + SAMPLES + "#oneOfItsTestsFails FAILED",
                        "D-21 " + SAMPLES + "#allOfItsTestsWork PASSED");
    }

    @Test
    void aLaterRun_replacesWhatIsSaidOfTheSameMethodAndKeepsTheRest() throws IOException {
        Files.write(file(), List.of("D-1 other.Test#kept PASSED", "D-3 " + SAMPLES + "#works FAILED"));

        assertThat(defects())
                .startsWith("D-1 other.Test#kept PASSED")
                .contains("D-3 " + SAMPLES + "#works PASSED")
                .hasSize(6);
    }

    private List<String> defects() throws IOException {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Samples.class))
                .build();
        var alone = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new DefectListener(file()))
                .build();
        LauncherFactory.create(alone).execute(request);
        return Files.readAllLines(file());
    }

    private Path file() {
        return folder.resolve("defects.txt");
    }

    static class Samples {

        @Test
        @Tag("D-10")
        @Tag("D-3")
        void works() {}

        @Test
        @Tag("D-2")
        void fails() {
            throw new AssertionError("on purpose");
        }

        @Test
        @Tag("slow")
        void isNotAboutADefect() {}

        @TestFactory
        @Tag("D-20")
        Stream<DynamicTest> oneOfItsTestsFails() {
            return Stream.of(DynamicTest.dynamicTest("bad", this::fails), DynamicTest.dynamicTest("good", this::works));
        }

        @TestFactory
        @Tag("D-21")
        Stream<DynamicTest> allOfItsTestsWork() {
            return Stream.of(DynamicTest.dynamicTest("one", this::works), DynamicTest.dynamicTest("two", this::works));
        }
    }
}
