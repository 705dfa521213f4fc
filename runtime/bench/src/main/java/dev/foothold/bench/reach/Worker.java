package dev.foothold.bench.reach;

import dev.foothold.bench.Cost;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A client in Java, in a process and on a class path of its own, that does what it is asked to again and again. */
final class Worker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    private Worker(String name, Process process) {
        this.name = name;
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts a client.
     *
     * @param name whose it is
     * @param classPath all it needs
     * @param program its main class and the arguments of that
     */
    static Worker start(String name, List<Path> classPath, String... program) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        command.addAll(List.of(program));
        return new Worker(
                name,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    String name() {
        return name;
    }

    /**
     * Asks for something and waits for the answer.
     *
     * @return the words of the answer
     * @throws HungException if there is none for minutes
     * @throws IOException if the client could not do it, with its reason
     */
    String[] ask(String question) throws IOException {
        send(question);
        return answer(question);
    }

    void send(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
    }

    String[] answer(String question) throws IOException {
        return answer(question, PATIENCE);
    }

    /** Waits for the answer; when patience ends, so does the process. */
    String[] answer(String question, Duration patience) throws IOException {
        CompletableFuture<Boolean> hung = new CompletableFuture<>();
        hung.completeOnTimeout(true, patience.toMillis(), TimeUnit.MILLISECONDS).thenAccept(isHung -> {
            if (isHung) {
                process.destroyForcibly();
            }
        });
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(Answers.DONE)) {
                    return line.substring(Answers.DONE.length()).strip().split(" ");
                }
                if (line.startsWith(Answers.FAILED)) {
                    throw new IOException(name + ", " + question + ": " + line.substring(Answers.FAILED.length()));
                }
            }
        } finally {
            hung.complete(false);
        }
        if (hung.join()) {
            throw new HungException(name + ", " + question + ": no answer within " + patience.toMillis() / 1e3 + " s.");
        }
        throw new IOException(name + ", " + question + ": the process has ended.");
    }

    /** Asks for something whose answer is what it has cost. */
    Cost cost(String question) throws IOException {
        String[] words = ask(question);
        return new Cost(Double.parseDouble(words[0]), Double.parseDouble(words[1]));
    }

    /** Tells how much memory the process has had at most, in MB. */
    double peakMegabytes() throws IOException {
        return Double.parseDouble(ask("peak")[0]);
    }

    @Override
    public void close() {
        try {
            questions.close();
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It has ended already, with a question on its way.
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
