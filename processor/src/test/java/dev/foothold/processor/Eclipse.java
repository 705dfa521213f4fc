package dev.foothold.processor;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/** Compiles sources with Eclipse's compiler, by its command line. */
final class Eclipse {

    private static final Pattern REPORT = Pattern.compile(
            "^\\d+\\. (ERROR|WARNING|INFO)(?: in (.+) \\(at line (\\d+)\\)\\R(?:\\t.*\\R)+|: )(.*)", Pattern.MULTILINE);

    /**
     * What it said.
     *
     * @param file the source it points into; empty if it points nowhere
     * @param line counted from 1; 0 if it points nowhere
     */
    record Report(String severity, String file, int line, String message) {}

    /** What came of it; {@code output} is what it printed. */
    record Result(boolean succeeded, List<Report> reports, String output) {}

    private Eclipse() {}

    /** Compiles with the processors of the processor path; what is generated goes to {@code out}, as classes do. */
    static Result compile(List<String> options, List<Path> sources, Path out) {
        List<String> arguments = new ArrayList<>(List.of("-17", "-encoding", "UTF-8"));
        arguments.addAll(options);
        arguments.addAll(List.of("-processorpath", Sources.processorPath()));
        arguments.addAll(List.of("-d", out.toString(), "-s", out.toString()));
        sources.forEach(source -> arguments.add(source.toString()));
        StringWriter text = new StringWriter();
        try (PrintWriter printer = new PrintWriter(text)) {
            boolean succeeded = BatchCompiler.compile(arguments.toArray(String[]::new), printer, printer, null);
            return new Result(succeeded, reports(text.toString()), text.toString());
        }
    }

    private static List<Report> reports(String output) {
        return REPORT.matcher(output)
                .results()
                .map(found -> new Report(
                        found.group(1),
                        found.group(2) == null ? "" : found.group(2),
                        found.group(3) == null ? 0 : Integer.parseInt(found.group(3)),
                        found.group(4)))
                .toList();
    }
}
