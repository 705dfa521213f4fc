package dev.foothold.internal.store;

import dev.foothold.state.StateStoreContract;
import dev.foothold.state.StoredObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A process of its own that uses a store; what it prints tells the test how far it is. */
final class FileStoreChild {

    private FileStoreChild() {}

    /** Starts a child: {@code increment <directory> <name> <times>} or {@code alternate <directory> <name> <bytes>}. */
    static Process start(String... arguments) throws IOException {
        return builder(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Starts a child that cannot write large files: 32 or 64 KiB is the limit, depending on the shell. */
    static Process startOnFullDisk(String... arguments) throws IOException {
        ProcessBuilder child = builder(arguments);
        child.command().addAll(0, List.of("sh", "-c", "ulimit -f 64 && exec \"$@\"", "sh"));
        return child.start();
    }

    private static ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx64m",
                "-cp",
                classPath(),
                FileStoreChild.class.getName()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command);
    }

    public static void main(String[] arguments) throws IOException {
        FileStateStore store = FileStateStore.open(Path.of(arguments[1]));
        int number = Integer.parseInt(arguments[3]);
        System.out.println("ready");
        if (arguments[0].equals("increment")) {
            System.in.read();
            StateStoreContract.increment(store, arguments[2], number);
        } else {
            alternate(store, arguments[2], number);
        }
    }

    private static void alternate(FileStateStore store, String name, int size) throws IOException {
        byte[] content = new byte[size];
        while (true) {
            String version = store.read(name).map(StoredObject::version).orElse(null);
            Arrays.fill(content, content[0] == 'a' ? (byte) 'b' : (byte) 'a');
            store.compareAndSet(name, version, content);
            System.out.println("written");
        }
    }

    /** Only what a child needs, so that it starts fast. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> Path.of(entry).toFile().isDirectory() || entry.contains("junit-jupiter-api"))
                        .toList());
    }
}
