package dev.foothold.internal.store;

import dev.foothold.state.StateStoreContract;
import dev.foothold.state.StoredObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
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

    /** Starts a child that may mount what nobody else sees: {@code fill} or {@code readOnly}. Takes root. */
    static Process startWithMounts(String... arguments) throws IOException {
        ProcessBuilder child = builder(arguments);
        child.command().addAll(0, List.of("unshare", "--mount", "--propagation", "private"));
        return child.redirectErrorStream(true).start();
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

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "fill" -> fill(directory);
            case "readOnly" -> makeReadOnly(directory);
            default -> {
                FileStateStore store = FileStateStore.open(directory);
                int number = Integer.parseInt(arguments[3]);
                System.out.println("ready");
                if (arguments[0].equals("increment")) {
                    System.in.read();
                    StateStoreContract.increment(store, arguments[2], number);
                } else {
                    alternate(store, arguments[2], number);
                }
            }
        }
    }

    /** Writes ever larger objects to a disk of 256 KiB until it is full, and says what became of them. */
    private static void fill(Path directory) throws Exception {
        Files.createDirectories(directory);
        run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", directory.toString());
        FileStateStore store = FileStateStore.open(directory);
        int size = 1024;
        try {
            while (true) {
                byte[] content = new byte[size * 2];
                Arrays.fill(content, (byte) 'x');
                store.compareAndSet("prod/object", version(store), content);
                size *= 2;
            }
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
        // A new object is none either, and what there is can be replaced by less, and is found by the next one who
        // opens.
        try {
            store.compareAndSet("new/object", null, new byte[256 * 1024]);
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
        System.out.println(
                size + " of " + store.read("prod/object").orElseThrow().bytes().length + " bytes, "
                        + store.scan("") + ", unfinished: " + Files.exists(directory.resolve("prod/.unfinished"))
                        + Files.exists(directory.resolve("new/.unfinished")));
        System.out.println(
                FileStateStore.open(directory).compareAndSet("prod/object", version(store), new byte[] {'y'}));
    }

    /** Takes the right to write away from a store that is open, and says what becomes of it. */
    private static void makeReadOnly(Path directory) throws Exception {
        FileStateStore store = FileStateStore.open(directory);
        store.compareAndSet("prod/object", null, new byte[] {'x'});
        run("mount", "--bind", directory.toString(), directory.toString());
        run("mount", "-o", "remount,bind,ro", directory.toString());
        try {
            store.compareAndSet("prod/object", version(store), new byte[] {'y'});
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
        System.out.println(store.read("prod/object").orElseThrow().text() + " " + store.scan(""));
        try {
            FileStateStore.open(directory);
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }

    private static String version(FileStateStore store) throws IOException {
        return store.read("prod/object").map(StoredObject::version).orElse(null);
    }

    private static void run(String... command) throws Exception {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
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
