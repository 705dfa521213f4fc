package dev.foothold.bench.compile;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Measurement;
import dev.foothold.bench.Options;
import dev.foothold.bench.Rounds;
import dev.foothold.bench.Table;
import dev.foothold.bench.Target;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Measures javac over many annotated classes: with our processor, with the least that could write the same, over what
 * was generated before (the floor), and with other processors over comparable classes.
 *
 * <p>The build has left, in its directory, {@code classpath/runtime.txt} and {@code classpath/processor.txt} (paths as
 * javac takes them) and for each {@link Peer} {@code peers/…/api} and {@code peers/…/processor} (jars).
 */
public final class CompileBenchmark implements Benchmark {

    static final String OURS = "Foothold";
    static final String STRINGS = "string writer";
    static final String FLOOR = "pre-generated";

    private static final int ROUNDS = 7;

    /** What was measured of all contenders at one size, and what each had written when it was tried before. */
    private record Size(int classes, Map<String, Measurement> measured, Map<String, Written> written) {

        double ratio(String a, String b) {
            return measured.containsKey(a) && measured.containsKey(b)
                    ? measured.get(a).min() / measured.get(b).min()
                    : Double.NaN;
        }
    }

    /** How much a processor wrote. */
    private record Written(int files, long bytes) {

        static Written of(SortedMap<String, String> files) {
            return new Written(
                    files.size(),
                    files.values().stream()
                            .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                            .sum());
        }
    }

    /** Creates the benchmark. */
    public CompileBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        List<Size> sizes = new ArrayList<>();
        for (int classes : options.sizes(10, 100, 1_000)) {
            List<Compilation> trials = compilations(options, classes);
            Map<String, Written> written = new LinkedHashMap<>();
            for (Compilation trial : trials) {
                written.put(trial.name(), Written.of(trial.written()));
            }
            Map<String, Measurement> measured = Rounds.run(options.rounds(ROUNDS), trials);
            Size size = new Size(classes, measured, written);
            out.println(table(size));
            sizes.add(size);
        }
        if (sizes.size() > 1) {
            out.println(furtherTable(sizes.get(0), sizes.get(sizes.size() - 1)));
        }
        targets(sizes).forEach(out::println);
    }

    /** Prepares a compilation for each contender and tries it once, which shows that all is in order. */
    static List<Compilation> compilations(Options options, int classes) throws Exception {
        Path work = options.directory().resolve("compile");
        Path directory = work.resolve(String.valueOf(classes));
        List<Path> runtime = path(options.directory().resolve("classpath/runtime.txt"));
        List<Path> processor = path(options.directory().resolve("classpath/processor.txt"));
        Sources providers = new ProviderSources();
        List<Path> sources = providers.write(classes, directory.resolve("sources"));

        Compilation ours = tried(new Compilation(OURS, directory.resolve("ours"), sources, runtime, processor));
        Compilation strings = tried(new Compilation(
                STRINGS,
                directory.resolve("strings"),
                sources,
                runtime,
                StringWriter.ofTheSame(providers, runtime, processor, work.resolve("string-writer"))));
        requireSame(ours.written(), strings.written());

        List<Compilation> all = new ArrayList<>(List.of(ours, strings));
        if (isWanted(FLOOR, options)) {
            List<Path> more = new ArrayList<>(sources);
            more.addAll(Sources.write(sourcesOf(ours.written()), directory.resolve("pre-generated")));
            all.add(tried(new Compilation(FLOOR, directory.resolve("floor"), more, runtime, List.of())));
        }
        for (Peer peer : Peer.values()) {
            if (isWanted(peer.title(), options)) {
                Path jars = options.directory().resolve("peers").resolve(peer.folder());
                Path place = directory.resolve(peer.folder());
                all.add(tried(new Compilation(
                        peer.title(),
                        place,
                        peer.write(classes, place.resolve("sources")),
                        jars(jars.resolve("api")),
                        jars(jars.resolve("processor")))));
            }
        }
        return all;
    }

    private static boolean isWanted(String name, Options options) {
        return options.only().isEmpty() || options.only().contains(name);
    }

    private static Compilation tried(Compilation compilation) throws Exception {
        compilation.prepare();
        compilation.run();
        return compilation;
    }

    private static Map<String, String> sourcesOf(Map<String, String> written) {
        Map<String, String> sources = new LinkedHashMap<>(written);
        sources.keySet().removeIf(path -> !path.endsWith(".java"));
        return sources;
    }

    private static void requireSame(SortedMap<String, String> ours, SortedMap<String, String> theirs) {
        Set<String> all = new TreeSet<>(ours.keySet());
        all.addAll(theirs.keySet());
        for (String path : all) {
            if (!Objects.equals(ours.get(path), theirs.get(path))) {
                throw new IllegalStateException("The string writer's " + path + " is not the same as ours.");
            }
        }
    }

    private static List<Path> path(Path file) throws IOException {
        return Arrays.stream(Files.readString(file).strip().split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }

    private static List<Path> jars(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static Table table(Size size) {
        Table table = new Table(
                size.classes() + " classes",
                "min s",
                "median s",
                "max s",
                "CPU s",
                "× " + OURS,
                "files/class",
                "bytes/class");
        size.measured().forEach((name, measured) -> {
            Written written = size.written().get(name);
            table.row(
                    name,
                    Table.number(measured.min(), 2),
                    Table.number(measured.median(), 2),
                    Table.number(measured.max(), 2),
                    Table.number(measured.cpu(), 2),
                    Table.number(size.ratio(name, OURS), 2),
                    Table.number((double) written.files() / size.classes(), 1),
                    Table.number((double) written.bytes() / size.classes(), 0));
        });
        return table;
    }

    private static Table furtherTable(Size few, Size many) {
        Table table = new Table(
                "each class from " + few.classes() + " to " + many.classes(),
                "min ms",
                "median ms",
                "CPU ms",
                "× " + OURS);
        Measurement ours = further(few, many, OURS);
        many.measured().keySet().forEach(name -> {
            Measurement each = further(few, many, name);
            table.row(
                    name,
                    Table.number(each.min() * 1e3, 2),
                    Table.number(each.median() * 1e3, 2),
                    Table.number(each.cpu() * 1e3, 2),
                    Table.number(each.min() / ours.min(), 2));
        });
        return table;
    }

    private static Measurement further(Size few, Size many, String name) {
        return many.measured().get(name).perFurther(few.measured().get(name), many.classes() - few.classes());
    }

    private static List<Target> targets(List<Size> sizes) {
        Size few = sizes.get(0);
        Size many = sizes.get(sizes.size() - 1);
        List<Target> targets = new ArrayList<>();
        targets.add(
                new Target(many.classes() + " classes: " + OURS + " / " + STRINGS, many.ratio(OURS, STRINGS), 1.25));
        if (few != many && many.measured().containsKey(Peer.AUTO_VALUE.title())) {
            targets.add(new Target(
                    "each further class: " + OURS + " / " + Peer.AUTO_VALUE.title(),
                    further(few, many, OURS).min()
                            / further(few, many, Peer.AUTO_VALUE.title()).min(),
                    1.1));
        }
        if (few.measured().containsKey(FLOOR)) {
            targets.add(new Target(few.classes() + " classes: " + OURS + " / " + FLOOR, few.ratio(OURS, FLOOR), 1.4));
        }
        return targets;
    }
}
