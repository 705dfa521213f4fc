package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cloud-init says of a first boot. */
class FirstBootReportTest {

    private static FirstBootReport parse(String text) {
        return FirstBootReport.parse(text.lines().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "running, running, false",
        "done, done, true",
        "done, degraded done, true",
        "error, error - done, true",
        "error, error - running, false",
        "error, error, true",
        "not run, not run, false",
        "not started, not started, false",
        "disabled, disabled, true",
        "running, degraded running, false"
    })
    void isOverWhenCloudInitWillDoNoMore(String status, String extended, boolean over) {
        FirstBootReport report = parse("""
                {
                  "boot_status_code": "enabled-by-generator",
                  "status": "%s",
                  "extended_status": "%s",
                  "errors": ["('scripts_user', RuntimeError('Runparts: 1 failures'))"],
                  "recoverable_errors": {}
                }

                ---- end of status
                a line of the log
                """.formatted(status, extended));

        assertThat(report.isOver()).isEqualTo(over);
        assertThat(report.status()).isEqualTo(extended);
        assertThat(report.errors()).containsExactly("('scripts_user', RuntimeError('Runparts: 1 failures'))");
        assertThat(report.log()).containsExactly("a line of the log");
        assertThat(report.describe()).contains(extended, "Runparts", "a line of the log");
    }

    @Test
    void anOldCloudInitHasNoExtendedStatus() {
        assertThat(parse("{\"status\": \"done\"}\n\n---- end of status\n").isOver())
                .isTrue();
    }

    @Test
    void nothingButALogIsStillALog() {
        FirstBootReport report = parse("usage: cloud-init [-h]\n: {{\n\n---- end of status\nlast words\n");

        assertThat(report).isEqualTo(new FirstBootReport("", List.of(), List.of("last words")));
        assertThat(report.isOver()).isFalse();
    }

    @Test
    void silenceMeansNothing() {
        assertThat(parse("").describe()).isEmpty();
        assertThat(parse("Please login as another user").isOver()).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theQuestionSucceedsWhereThereIsNoCloudInit() throws Exception {
        Process shell =
                new ProcessBuilder("/bin/sh", "-s").redirectErrorStream(true).start();
        try (var in = shell.getOutputStream()) {
            in.write(FirstBootReport.SCRIPT.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).isZero();
        assertThat(parse(said).isOver()).isFalse();
        assertThat(said).contains("---- end of status");
    }
}
