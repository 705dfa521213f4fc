package dev.foothold.bench.reach;

import dev.foothold.bench.Options;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * jclouds in its last release; it was retired in 2025. The build knows nothing of it: only when it is to be measured,
 * Maven is asked for all it needs, in a build of its own that may fail, and its client is compiled.
 */
final class Jclouds {

    static final String NAME = "jclouds";

    private static final String CLIENT = "dev.foothold.bench.reach.JcloudsClient";

    private Jclouds() {}

    /**
     * Starts its client; if there can be none, says so.
     *
     * @param fleet which lets in the client's key from now on
     * @return nothing if jclouds could not be fetched
     */
    static @Nullable Worker start(Options options, Fleet fleet, PrintStream out)
            throws IOException, InterruptedException {
        Path sources = options.directory().resolveSibling("src/jclouds");
        Path fetched = options.directory().resolve("classpath/jclouds.txt");
        try {
            fetch(sources.resolve("pom.xml"), fetched);
        } catch (IOException e) {
            out.println("There is no row for jclouds, as it could not be fetched: " + e.getMessage());
            return null;
        }
        if (!Files.exists(fetched)) {
            out.println("There is no row for jclouds: it has not been fetched, as this was not started by Maven.");
            return null;
        }
        List<Path> classPath = new ArrayList<>(Clients.read(fetched));
        classPath.add(0, Clients.classes(options));
        Path source = sources.resolve("java/" + CLIENT.replace('.', '/') + ".java");
        classPath.add(0, compile(source, classPath, options.directory().resolve("jclouds-classes")));
        return Worker.start(NAME, classPath, CLIENT, fleet.rsaKey().toString(), Fleet.nonceScript());
    }

    /** Has the Maven that runs the benchmark write down a class path; if none does, what is there remains. */
    private static void fetch(Path pom, Path classPath) throws IOException, InterruptedException {
        String maven = System.getProperty("maven.home");
        if (maven == null) {
            return;
        }
        Files.deleteIfExists(classPath);
        List<String> command = new ArrayList<>(List.of(
                Path.of(maven, "bin", "mvn").toString(),
                "-q",
                "-B",
                "-f",
                pom.toString(),
                "-Dmdep.outputFile=" + classPath,
                "dependency:build-classpath"));
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        if (Boolean.getBoolean("maven.offline")) {
            command.add("-o");
        }
        new Tool("mvn", command, Map.of(), classPath.resolveSibling("jclouds.log")).run();
    }

    private static Path compile(Path source, List<Path> classPath, Path classes) throws IOException {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said, true);
        int status = ToolProvider.findFirst("javac")
                .orElseThrow(() -> new IOException("This JDK has no javac to compile " + source + " with."))
                .run(
                        writer,
                        writer,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        "-cp",
                        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                        source.toString());
        if (status != 0) {
            throw new IOException(source + " does not compile:\n" + said);
        }
        return classes;
    }
}
