package dev.foothold.simulator.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A machine that is a directory. Its processes are ordinary ones of the host, known by {@code MACHINE_ROOT} in their
 * environment (where {@code /proc} shows it), so that those that left their parents are ended too.
 */
final class DirectorySandbox implements Sandbox {
    private final Path root;

    private DirectorySandbox(Path root) {
        this.root = root;
    }

    static DirectorySandbox create() throws IOException {
        Path root = Files.createTempDirectory("foothold-machine-").toRealPath();
        DirectorySandbox sandbox = new DirectorySandbox(root);
        try {
            for (String directory : List.of("tmp", "run", "root", "etc", "usr/local/bin")) {
                Files.createDirectories(root.resolve(directory));
            }
            Path sudo = root.resolve("usr/local/bin/sudo");
            Files.writeString(sudo, Resources.text("sudo.sh"));
            if (!sudo.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + sudo + " executable");
            }
            return sandbox;
        } catch (IOException e) {
            try {
                sandbox.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public ProcessBuilder command(String home, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> inherited = builder.environment();
        String path = inherited.getOrDefault("PATH", "/usr/bin:/bin");
        inherited.clear();
        inherited.putAll(environment);
        inherited.put("PATH", root.resolve("usr/local/bin") + ":" + path);
        inherited.put("HOME", root.toString());
        inherited.put("TMPDIR", root.resolve("tmp").toString());
        inherited.put("MACHINE_ROOT", root.toString());
        return builder.directory(root.toFile());
    }

    @Override
    public List<ProcessHandle> family(Process started) {
        return Stream.concat(Stream.of(started.toHandle()), started.descendants())
                .toList();
    }

    @Override
    public void reboot() throws IOException {
        killAll();
        for (String directory : List.of("run", "tmp")) {
            delete(root.resolve(directory));
            Files.createDirectory(root.resolve(directory));
        }
    }

    @Override
    public void close() throws IOException {
        killAll();
        delete(root);
    }

    private void killAll() throws IOException {
        if (!Files.isDirectory(Path.of("/proc/self"))) {
            return;
        }
        String mark = "\0MACHINE_ROOT=" + root + "\0";
        for (int round = 0; round < 10; round++) {
            List<ProcessHandle> ours;
            try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
                ours = all.filter(process -> environment(process).contains(mark))
                        .toList();
            }
            if (ours.isEmpty()) {
                return;
            }
            ours.forEach(ProcessHandle::destroyForcibly);
            Thread.onSpinWait();
        }
    }

    private static String environment(ProcessHandle process) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
            return "\0" + new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // it has ended, or is somebody else's and therefore not of this machine
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
