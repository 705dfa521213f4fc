package dev.foothold.simulator.machine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A machine with a root file system and namespaces of its own. They belong to one process, the holder, which lives as
 * long as the pipe to its standard input is open: until {@link #close()}, or until this JVM is gone for whatever reason.
 */
final class NamespaceSandbox implements Sandbox {
    private static final String HOLDER = Resources.text("holder.sh");
    private static final int END_SECONDS = 10;

    private final Process holder;
    private final String pid;

    private NamespaceSandbox(Process holder, String pid) {
        this.holder = holder;
        this.pid = pid;
    }

    /** Makes the namespaces and waits until the machine's root file system is there. */
    static NamespaceSandbox create(String hostname) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "unshare",
                "--mount",
                "--pid",
                "--ipc",
                "--uts",
                "--fork",
                "--kill-child",
                "--propagation",
                "private",
                "/bin/bash",
                "--noprofile",
                "--norc",
                "-c",
                "script=$HOLDER; unset HOLDER; eval \"$script\"",
                "holder",
                hostname);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("HOLDER", HOLDER);
        builder.directory(Path.of("/").toFile());
        Process holder = builder.redirectErrorStream(true).start();
        String pid = null;
        try {
            pid = await(holder.getInputStream(), "ready ");
        } finally {
            if (pid == null) {
                holder.destroyForcibly();
            }
        }
        return new NamespaceSandbox(holder, pid);
    }

    /** Says why no such sandbox can be made here, or null if one could be made just now. */
    static @Nullable String whyNot() {
        try {
            create("probe").close();
            return null;
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Reads until the holder says the word; whatever it says before is an error message. */
    private static String await(InputStream answers, String word) throws IOException {
        List<String> complaints = new ArrayList<>();
        for (String line = line(answers); line != null; line = line(answers)) {
            if (line.startsWith(word)) {
                return line.substring(word.length());
            }
            complaints.add(line);
        }
        throw new IOException("cannot make a private root file system: " + String.join("; ", complaints));
    }

    /** Reads one line without a reader's buffers, which every idle machine would keep. */
    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return next < 0 && line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public Path root() {
        return Path.of("/proc", pid, "root");
    }

    @Override
    public ProcessBuilder command(String home, Map<String, String> environment, List<String> command) {
        List<String> entered = new ArrayList<>(List.of("nsenter", "--target", pid));
        entered.addAll(List.of("--mount", "--pid", "--ipc", "--uts", "--root", "--wdns=" + home, "--"));
        entered.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(entered);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    @Override
    public void reboot() throws IOException {
        OutputStream orders = holder.getOutputStream();
        orders.write("reboot\n".getBytes(StandardCharsets.UTF_8));
        orders.flush();
        await(holder.getInputStream(), "rebooted");
    }

    @Override
    public void close() throws IOException {
        try {
            holder.getOutputStream().close();
        } catch (IOException e) {
            // The holder is gone already, which is what closing its pipe is for.
        }
        boolean interrupted = false;
        for (long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS); holder.isAlive(); ) {
            try {
                if (!holder.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    holder.destroyForcibly();
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        holder.getInputStream().close();
    }
}
