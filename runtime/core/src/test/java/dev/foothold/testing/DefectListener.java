package dev.foothold.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Lists which known defects are held down by a test: those with a tag like {@code D-27}.
 *
 * <p>Each test method gives one line per such tag, {@code D-27 dev.foothold.retry.AttemptsTest#method PASSED}, or
 * {@code FAILED} if one of its invocations did not succeed. The lines are added to {@code target/defects.txt}, replacing
 * what an earlier run said of the same method, in numeric order.
 */
public final class DefectListener implements TestExecutionListener {

    private static final Pattern TAG = Pattern.compile("D-[0-9]+");
    private static final String PASSED = " PASSED";
    private static final String FAILED = " FAILED";

    private final Path file;
    private final Map<String, Boolean> passed =
            new TreeMap<>(Comparator.comparingLong(DefectListener::number).thenComparing(Comparator.naturalOrder()));
    private @Nullable TestPlan plan;

    /** Creates the listener that writes to {@code target/defects.txt}. */
    public DefectListener() {
        this(Path.of(System.getProperty("basedir", ""), "target", "defects.txt"));
    }

    DefectListener(Path file) {
        this.file = file;
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        passed.clear();
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean success = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (success && !test.isTest()) {
            return; // a container also succeeds without a test in it, or with one that failed
        }
        // a dynamic test has the tags of the method that made it only by way of its parents
        for (Optional<TestIdentifier> at = Optional.of(test); at.isPresent(); at = at.flatMap(plan::getParent)) {
            TestIdentifier tagged = at.get();
            if (tagged.getSource().orElse(null) instanceof MethodSource method) {
                for (TestTag tag : tagged.getTags()) {
                    if (TAG.matcher(tag.getName()).matches()) {
                        String line = tag.getName() + " " + method.getClassName() + "#" + method.getMethodName();
                        passed.merge(line, success, Boolean::logicalAnd);
                    }
                }
            }
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
        if (passed.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            write();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    /** One process at a time: tests run in several. */
    private void write() throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    int end = line.lastIndexOf(' ');
                    passed.putIfAbsent(line.substring(0, end), line.endsWith(PASSED));
                }
            }
            List<String> lines = passed.entrySet().stream()
                    .map(entry -> entry.getKey() + (entry.getValue() ? PASSED : FAILED))
                    .toList();
            Files.write(file, lines);
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.substring("D-".length(), line.indexOf(' ')));
    }
}
