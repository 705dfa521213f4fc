package dev.foothold.bench.reach;

import dev.foothold.bench.Options;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Starts the clients in Java, of what the build has left. */
final class Clients {

    static final String OURS = "Foothold";
    static final String SSHJ = "sshj";

    private Clients() {}

    static Worker foothold(Options options, Place place) throws IOException {
        return Worker.start(
                OURS,
                classPath(options, true),
                FootholdClient.class.getName(),
                place.directory().toString());
    }

    static Worker sshj(Options options, Place place) throws IOException {
        return Worker.start(
                SSHJ,
                classPath(options, false),
                SshjClient.class.getName(),
                place.directory().toString());
    }

    /** Gives the runtime and what it needs, which is sshj among others, or only the latter; and this module. */
    private static List<Path> classPath(Options options, boolean withOurs) throws IOException {
        List<Path> path = read(options.directory().resolve("classpath/runtime.txt"));
        path.removeIf(entry -> !withOurs && isOurs(entry.toString()));
        path.add(0, classes(options));
        return path;
    }

    /** Gives the classes of this module. */
    static Path classes(Options options) {
        return options.directory().resolve("classes");
    }

    /** Reads a class path that Maven has written. */
    static List<Path> read(Path file) throws IOException {
        return Arrays.stream(Files.readString(file).strip().split(File.pathSeparator))
                .map(Path::of)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static boolean isOurs(String entry) {
        return entry.contains("foothold-runtime")
                || entry.endsWith("core" + File.separator + "target" + File.separator + "classes");
    }
}
