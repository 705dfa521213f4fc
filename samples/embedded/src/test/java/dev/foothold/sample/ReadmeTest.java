package dev.foothold.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CredentialProbe;
import dev.foothold.environ.Environ;
import dev.foothold.environ.HasResources;
import dev.foothold.environ.InstanceTagger;
import dev.foothold.environ.MachineLogin;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.processor.check.Problem;
import dev.foothold.provider.Providers;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the code in the README against the sources it is from. A block is preceded by a comment that names its source,
 * {@code <!-- from: path -->} or {@code <!-- from: path#tag -->}. What is
 * generated from code stands between {@code <!-- generated: name -->} and {@code <!-- end -->}. Run with {@code -Dreadme.update=true} to rewrite the
 * README.
 */
class ReadmeTest {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).resolve("../..").normalize();
    private static final Path README = ROOT.resolve("README.md");
    private static final Map<String, Supplier<List<String>>> TABLES = Map.of(
            "diagnostics", ReadmeTest::diagnostics,
            "kinds", ReadmeTest::kinds,
            "settings", ReadmeTest::settings);
    private static final Pattern GENERATED = Pattern.compile("<!-- generated: (\\S+) -->");
    private static final String END = "<!-- end -->";
    private static final Pattern FROM = Pattern.compile("<!-- from: ([^#\\s]+)(?:#(\\S+))? -->");

    @Test
    void everyBlockOfCodeIsWhatItsSourceSays() throws IOException {
        List<String> lines = Files.readAllLines(README);
        List<String> expected = new ArrayList<>();
        int blocks = 0;
        for (int i = 0; i < lines.size(); i++) {
            expected.add(lines.get(i));
            Matcher from = FROM.matcher(lines.get(i));
            if (from.matches()) {
                blocks++;
                expected.add(lines.get(++i));
                assertThat(lines.get(i)).as("the line after %s", from.group()).startsWith("```");
                expected.addAll(source(from.group(1), from.group(2)));
                while (!lines.get(i + 1).equals("```")) {
                    i++;
                }
            }
        }

        compare(lines, expected);
        assertThat(blocks).as("blocks that name their source").isGreaterThan(10);
    }

    @Test
    void everyTableIsWhatTheCodeSays() throws IOException {
        List<String> lines = Files.readAllLines(README);
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            expected.add(lines.get(i));
            Matcher generated = GENERATED.matcher(lines.get(i));
            if (generated.matches()) {
                found.add(generated.group(1));
                expected.addAll(TABLES.get(generated.group(1)).get());
                while (!lines.get(i + 1).equals(END)) {
                    i++;
                }
            }
        }
        compare(lines, expected);
        assertThat(found).containsExactlyInAnyOrderElementsOf(TABLES.keySet());
    }

    private static void compare(List<String> lines, List<String> expected) throws IOException {
        if (Boolean.getBoolean("readme.update")) {
            Files.write(README, expected);
        }
        assertThat(lines).isEqualTo(expected);
    }

    /** The reference stands below a heading of the README's own. */
    private static List<String> settings() {
        return Providers.named("embedded")
                .schema()
                .markdown()
                .lines()
                .skip(2)
                .map(line -> line.startsWith("#") ? "##" + line : line)
                .toList();
    }

    private static List<String> kinds() {
        List<String> table = new ArrayList<>(List.of(
                "| kind | another zone may help | another size may help | the same call may help later |",
                "|---|---|---|---|"));
        for (CloudException.Kind kind : CloudException.Kind.values()) {
            table.add("| `" + kind + "` | " + yes(kind.anotherZoneMayHelp()) + " | " + yes(kind.anotherSizeMayHelp())
                    + " | " + yes(kind.sameCallMayHelp()) + " |");
        }
        return table;
    }

    private static String yes(boolean it) {
        return it ? "yes" : "no";
    }

    private static List<String> diagnostics() {
        List<String> table = new ArrayList<>(List.of("| id | kind | message |", "|---|---|---|"));
        for (Problem problem : Problem.values()) {
            String kind = problem.kind().name().toLowerCase(Locale.ROOT);
            String message = problem.template().replace("<", "&lt;").replace("|", "\\|");
            table.add("| `" + problem.id() + "` | " + kind + " | " + message + " |");
        }
        return table;
    }

    @Test
    void everyMethodThatAnAuthorCanWriteIsNamed() throws IOException {
        String readme = Files.readString(README);
        assertThat(Stream.of(
                                Environ.class,
                                ZonedEnviron.class,
                                HasResources.class,
                                InstanceTagger.class,
                                MachineLogin.class,
                                CredentialProbe.class)
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .filter(method -> !method.isSynthetic())
                        .map(Method::getName))
                .allSatisfy(name ->
                        assertThat(readme).containsPattern("`(public [^`]* )?" + name + "`|\\b" + name + "\\("));
    }

    @Test
    void theSmallestProviderHasAtMostFortyLinesOfCode() throws IOException {
        List<String> all = Files.readAllLines(
                ROOT.resolve("samples/embedded/src/main/java/dev/foothold/sample/minimal/MinimalEnviron.java"));
        List<String> code = all.subList(all.indexOf("@Provider(\"minimal\")"), all.size()).stream()
                .filter(line -> !line.isBlank())
                .toList();

        assertThat(code)
                .hasSizeLessThanOrEqualTo(40)
                .noneMatch(line -> line.strip().startsWith("//"));
    }

    @Test
    void javaCodeIsNeverWrittenByHand() throws IOException {
        List<String> lines = Files.readAllLines(README);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```java")) {
                assertThat(lines.get(i - 1))
                        .as("the line before line %d", i + 1)
                        .matches(FROM);
            }
        }
    }

    private static List<String> source(String path, String tag) throws IOException {
        List<String> all = Files.readAllLines(ROOT.resolve(path));
        if (tag == null) {
            return all;
        }
        List<String> tagged = new ArrayList<>();
        boolean inside = false;
        for (String line : all) {
            if (line.strip().equals("// tag::" + tag + "[]")) {
                inside = true;
            } else if (line.strip().equals("// end::" + tag + "[]")) {
                inside = false;
            } else if (inside) {
                tagged.add(line);
            }
        }
        assertThat(tagged).as("%s#%s", path, tag).isNotEmpty();
        int indent = tagged.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return tagged.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .toList();
    }
}
