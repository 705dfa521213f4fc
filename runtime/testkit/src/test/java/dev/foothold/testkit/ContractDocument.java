package dev.foothold.testkit;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

/** What {@code CONTRACT.md} has to say, from the rules, the tests that cite them and the mutants that break them. */
final class ContractDocument {

    static final Path FILE = Path.of(System.getProperty("basedir", "")).resolve("CONTRACT.md");

    private ContractDocument() {}

    /** Gives the tests of each rule, in the order of the contract. */
    static Map<Rule, List<Method>> tests() {
        Map<Rule, List<Method>> tests = new EnumMap<>(Rule.class);
        Arrays.stream(ProviderContract.class.getDeclaredClasses())
                .filter(group -> group.isAnnotationPresent(Nested.class))
                .flatMap(group -> Stream.<Class<?>>iterate(group, type -> type != null, Class::getSuperclass))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Checks.class))
                .forEach(method -> tests.computeIfAbsent(
                                method.getAnnotation(Checks.class).value(), rule -> new ArrayList<>())
                        .add(method));
        tests.values()
                .forEach(methods -> methods.sort((one, other) -> one.getName().compareTo(other.getName())));
        return tests;
    }

    static Map<Rule, List<Mutant>> mutants() {
        return Mutants.all().stream()
                .collect(Collectors.groupingBy(Mutant::rule, () -> new EnumMap<>(Rule.class), Collectors.toList()));
    }

    /** Renders what stands between the marks of a generated part. */
    static List<String> part(String name) {
        return switch (name) {
            case "rules" -> rules();
            case "proof" -> proof();
            default -> throw new IllegalArgumentException("CONTRACT.md has a part \"" + name + "\" that nobody knows");
        };
    }

    private static List<String> rules() {
        List<String> lines = new ArrayList<>();
        Rule.Method method = null;
        for (Rule rule : Rule.values()) {
            if (rule.method() != method) {
                method = rule.method();
                String heading = method.type.isEmpty() ? method.text : "`" + method.type + "`: `" + method.text + "`";
                lines.addAll(List.of("", "### " + Character.toUpperCase(heading.charAt(0)) + heading.substring(1), ""));
            }
            boolean live = tests().getOrDefault(rule, List.of()).stream()
                    .anyMatch(test -> test.getAnnotation(Checks.class).live());
            lines.add("- **" + rule.id() + "** (" + rule.level() + (live ? ", live" : "") + ") " + rule.text() + "<br>"
                    + "*To do:* " + rule.cure());
        }
        lines.add("");
        return lines;
    }

    private static List<String> proof() {
        List<String> lines =
                new ArrayList<>(List.of("", "| rule | tests | a provider that breaks it |", "|---|---|---|"));
        for (Rule rule : Rule.values()) {
            lines.add("| " + rule.id() + " | "
                    + tests().getOrDefault(rule, List.of()).stream()
                            .map(test -> "`" + test.getDeclaringClass().getSimpleName() + "." + test.getName() + "`")
                            .collect(Collectors.joining("<br>"))
                    + " | "
                    + mutants().getOrDefault(rule, List.of()).stream()
                            .map(Mutant::what)
                            .collect(Collectors.joining("<br>"))
                    + " |");
        }
        lines.add("");
        return lines;
    }

    /** Gives the whole file with its generated parts as they should be. */
    static List<String> asItShouldBe(List<String> lines) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            expected.add(lines.get(i));
            if (lines.get(i).matches("<!-- generated: \\w+ -->")) {
                expected.addAll(part(lines.get(i).replaceAll("<!-- generated: (\\w+) -->", "$1")));
                while (!lines.get(i + 1).equals("<!-- end -->")) {
                    i++;
                }
            }
        }
        return expected;
    }

    static List<String> read() throws IOException {
        return Files.readAllLines(FILE);
    }
}
