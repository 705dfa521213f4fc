package dev.foothold.bootstrap;

import dev.foothold.internal.yaml.YamlException;
import dev.foothold.internal.yaml.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a machine told about its first boot: cloud-init's own view, and the end of its log.
 *
 * @param status cloud-init's status, for example {@code running} or {@code error - done}; empty if it did not say
 * @param errors what it says went wrong
 * @param log the last lines of its log
 */
record FirstBootReport(String status, List<String> errors, List<String> log) {

    private static final String END_OF_STATUS = "---- end of status";
    private static final int LOG_LINES = 10;

    /** Asks for the report. Ends with 0 whatever is missing, and says nothing on standard error. */
    static final String SCRIPT = String.join(
            "\n",
            "log=/var/log/cloud-init-output.log",
            "if command -v cloud-init >/dev/null 2>&1; then",
            // On one line: of what a command writes, only the last lines are kept.
            "    cloud-init status --format json 2>/dev/null | tr '\\n' ' '",
            "fi",
            "echo",
            "echo '" + END_OF_STATUS + "'",
            "tail -n " + LOG_LINES + " \"$log\" 2>/dev/null || sudo -n tail -n " + LOG_LINES + " \"$log\" 2>/dev/null",
            "exit 0",
            "");

    FirstBootReport {
        errors = List.copyOf(errors);
        log = List.copyOf(log);
    }

    /** Reads what the script wrote. */
    static FirstBootReport parse(List<String> lines) {
        int end = lines.indexOf(END_OF_STATUS);
        if (end < 0) {
            return new FirstBootReport("", List.of(), List.of());
        }
        List<String> log = lines.subList(end + 1, lines.size());
        Map<String, @Nullable Object> json;
        try {
            json = YamlText.load(String.join("\n", lines.subList(0, end)));
        } catch (YamlException e) {
            // Old versions know no JSON. The log still tells something.
            json = Map.of();
        }
        String status = text(json.get("extended_status"));
        List<String> errors = new ArrayList<>();
        if (json.get("errors") instanceof List<?> all) {
            all.forEach(error -> errors.add(text(error)));
        }
        return new FirstBootReport(status.isEmpty() ? text(json.get("status")) : status, errors, log);
    }

    /**
     * Tells whether the first boot has come to its end, well or not, or will never begin. The exit status of cloud-init
     * would not tell: it is 2 for boots that ended with warnings.
     */
    boolean isOver() {
        return status.equals("done")
                || status.equals("degraded done")
                || status.equals("disabled")
                || status.startsWith("error") && !status.contains("running");
    }

    String describe() {
        List<String> parts = new ArrayList<>();
        if (!status.isEmpty()) {
            parts.add("cloud-init says: " + status);
        }
        if (!errors.isEmpty()) {
            parts.add("its errors: " + String.join(", ", errors));
        }
        if (!log.isEmpty()) {
            parts.add("its log ends with:\n  " + String.join("\n  ", log));
        }
        return String.join("; ", parts);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
