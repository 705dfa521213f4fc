package dev.foothold.bench.compile;

import dev.foothold.bench.Benchmark;
import dev.foothold.bench.Options;
import dev.foothold.bench.Rounds;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
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

    /** Creates the benchmark. */
    public CompileBenchmark() {}

    @Override
    public void run(Options options, PrintStream out) throws Exception {
        requireKnown(options.only());
        List<SizeResult> sizes = new ArrayList<>();
        for (int classes : options.sizes(10, 100, 1_000)) {
            List<Compilation> trials = compilations(options, classes);
            Map<String, SizeResult.Written> written = new LinkedHashMap<>();
            for (Compilation trial : trials) {
                written.put(trial.name(), SizeResult.Written.of(trial.written()));
            }
            SizeResult size = new SizeResult(classes, Rounds.run(options.rounds(ROUNDS), trials), written);
            out.println(size.table());
            sizes.add(size);
        }
        SizeResult few = sizes.get(0);
        SizeResult many = sizes.get(sizes.size() - 1);
        if (sizes.size() > 1) {
            out.println(many.furtherTable(few));
        }
        many.targets(few).forEach(out::println);
    }

    private static void requireKnown(Set<String> names) {
        Set<String> known = new TreeSet<>(Set.of(FLOOR));
        Arrays.stream(Peer.values()).map(Peer::title).forEach(known::add);
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("only=" + name + ": there is none of that name. " + OURS
                        + " and the " + STRINGS + " are always measured; besides there are " + known + ".");
            }
        }
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
                Path place = directory.resolve(peer.title().replace(' ', '-'));
                List<Path> api = new ArrayList<>(jars(jars.resolve("api")));
                api.addAll(peer.needsRuntime() ? runtime : List.of());
                all.add(tried(new Compilation(
                        peer.title(),
                        place,
                        peer.write(classes, place.resolve("sources")),
                        api,
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
}
