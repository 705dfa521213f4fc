package dev.foothold.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds what incremental builds may rely on. To Gradle an isolating processor is one whose every file has one originating
 * element and depends on nothing but that element and what it mentions; an aggregating one may look at everything.
 */
class IncrementalBuildTest {

    /** A file that a processor made, and from what it says it made it. */
    private record Made(String file, List<String> origins) {}

    @TempDir
    static Path out;

    private static final Recorder ISOLATING = new Recorder();
    private static final Recorder AGGREGATING = new Recorder();

    /** All good cases at once: as many annotated classes as there are. */
    @BeforeAll
    static void compile() {
        Sources.compileFiles(
                List.of("-cp", Sources.runtimePath(), "-d", out.toString(), "-s", out.toString()),
                GoodCases.sources(),
                List.of(ISOLATING.around(new ProviderProcessor()), AGGREGATING.around(new ProviderIndexProcessor())));
    }

    @Test
    void gradle_isToldOfEachProcessorAndOfNoOther() throws Exception {
        Path classes = Path.of("target", "classes", "META-INF");
        List<String> told = Files.readAllLines(classes.resolve("gradle/incremental.annotation.processors"));
        assertThat(told.stream()
                        .map(line -> line.split(","))
                        .collect(Collectors.toMap(line -> line[0], line -> line[1])))
                .containsOnly(
                        entry(ProviderProcessor.class.getName(), "isolating"),
                        entry(ProviderIndexProcessor.class.getName(), "aggregating"));
        assertThat(told.stream().map(line -> line.split(",")[0]))
                .containsExactlyInAnyOrderElementsOf(
                        Files.readAllLines(classes.resolve("services/" + Processor.class.getName())));
    }

    @Test
    void eachFileOfTheIsolatingProcessor_hasTheAnnotatedClassAsItsOneOrigin() {
        assertThat(ISOLATING.annotated).hasSizeGreaterThan(5);
        assertThat(ISOLATING.made).allSatisfy(made -> {
            assertThat(made.origins()).as(made.file()).hasSize(1);
            assertThat(ISOLATING.annotated).as(made.file()).containsAll(made.origins());
        });
        assertThat(ISOLATING.made)
                .as("each annotated class has files of its own")
                .flatMap(Made::origins)
                .containsAll(ISOLATING.annotated);
    }

    @Test
    void theIsolatingProcessor_readsOneAnnotatedClassAtATime() {
        // What it looks up by name must not be another annotated class, nor what is made of one.
        Set<String> ofAnother = new TreeSet<>(ISOLATING.annotated);
        for (Made made : ISOLATING.made) {
            String origin = made.origins().get(0);
            for (String asked : ISOLATING.askedWhileMaking(made)) {
                assertThat(asked.equals(origin) || !ofAnother.contains(asked))
                        .as("%s is asked for when %s is made", asked, made.file())
                        .isTrue();
            }
        }
    }

    @Test
    void theIsolatingProcessor_makesTheSameWhateverElseIsCompiled() {
        Map<String, String> files = GoodCases.generated();
        files.remove(GoodCases.INDEX);
        assertThat(ISOLATING.made).extracting(Made::file).containsExactlyInAnyOrderElementsOf(files.keySet());
        assertThat(GoodCases.textFiles(out)).containsAllEntriesOf(files);
    }

    @Test
    void theAggregatingProcessor_writesTheIndexOfAllFactoriesAndNothingElse() {
        assertThat(AGGREGATING.made).extracting(Made::file).containsExactly(GoodCases.INDEX);
        assertThat(GoodCases.text(out.resolve(GoodCases.INDEX)).lines())
                .containsExactlyElementsOf(GoodCases.factories());
    }

    /** Stands between a processor and the compiler, and remembers what passes. */
    private static final class Recorder {

        private final List<Made> made = new ArrayList<>();
        private final Set<String> annotated = new TreeSet<>();

        /** What was looked up by name, up to where each file was made. */
        private final List<Object> course = new ArrayList<>();

        Processor around(Processor processor) {
            return proxy(
                    Processor.class,
                    processor,
                    (method, arguments, result) -> {
                        if (method.getName().equals("process") && arguments[0] instanceof Set<?> annotations) {
                            var round = (RoundEnvironment) arguments[1];
                            annotations.forEach(annotation -> ElementFilter.typesIn(
                                            round.getElementsAnnotatedWith((TypeElement) annotation))
                                    .forEach(type -> annotated.add(type.toString())));
                        }
                        return result;
                    },
                    arguments -> arguments.length == 1 && arguments[0] instanceof ProcessingEnvironment real
                            ? new Object[] {environment(real)}
                            : arguments);
        }

        /** Gives what was looked up since the file before, which is another's or the same class's. */
        List<String> askedWhileMaking(Made file) {
            int end = course.indexOf(file);
            int start = end;
            while (start > 0 && course.get(start - 1) instanceof String) {
                start--;
            }
            return course.subList(start, end).stream().map(Object::toString).toList();
        }

        private ProcessingEnvironment environment(ProcessingEnvironment real) {
            Filer filer = proxy(
                    Filer.class,
                    real.getFiler(),
                    (method, arguments, result) -> record(method, arguments, result),
                    a -> a);
            Elements elements = proxy(
                    Elements.class,
                    real.getElementUtils(),
                    (method, arguments, result) -> {
                        if (method.getName().equals("getTypeElement")) {
                            course.add(arguments[arguments.length - 1].toString());
                        }
                        return result;
                    },
                    arguments -> arguments);
            return proxy(
                    ProcessingEnvironment.class,
                    real,
                    (method, arguments, result) -> switch (method.getName()) {
                        case "getFiler" -> filer;
                        case "getElementUtils" -> elements;
                        default -> result;
                    },
                    arguments -> arguments);
        }

        private Object record(Method method, Object[] arguments, Object result) {
            if (method.getName().startsWith("create")) {
                String file = method.getName().equals("createResource")
                        ? (arguments[1] + "/" + arguments[2]).replaceFirst("^/", "")
                        : arguments[0].toString().replace('.', '/') + ".java";
                Element[] origins = (Element[]) arguments[arguments.length - 1];
                Made one = new Made(
                        file, Arrays.stream(origins).map(Object::toString).toList());
                made.add(one);
                course.add(one);
            }
            return result;
        }
    }

    @FunctionalInterface
    private interface After {
        Object call(Method method, Object[] arguments, Object result);
    }

    @FunctionalInterface
    private interface Before {
        Object[] call(Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, T real, After after, Before before) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object[] arguments = before.call(given == null ? new Object[0] : given);
            try {
                return after.call(method, arguments, method.invoke(real, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
