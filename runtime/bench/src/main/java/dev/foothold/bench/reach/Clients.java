package dev.foothold.bench.reach;

import dev.foothold.bench.Options;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        List<Path> path = new ArrayList<>(List.of(options.directory().resolve("classes")));
        String all = Files.readString(options.directory().resolve("classpath/runtime.txt"));
        Arrays.stream(all.strip().split(File.pathSeparator))
                .filter(entry -> withOurs || !isOurs(entry))
                .map(Path::of)
                .forEach(path::add);
        return path;
    }

    private static boolean isOurs(String entry) {
        return entry.contains("foothold-runtime")
                || entry.endsWith("core" + File.separator + "target" + File.separator + "classes");
    }
}
