package dev.foothold.bench.script;

import dev.foothold.bench.redact.SampleText;
import dev.foothold.config.Secret;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A contender in a process of its own, which stays, as a program does that works on many machines. It reads questions
 * ({@code stream}, or {@code upload ARCHIVE DIRECTORY}) and answers with an {@link Outcome}.
 */
final class Worker implements AutoCloseable {

    static final String DETACHED = "Foothold, detached script";
    static final String REDACTED = "Foothold, detached, redacted";
    static final String COMMAND = "Foothold, plain command";
    static final String SSHJ = "sshj";
    static final String OPENSSH = "OpenSSH";

    private static final int SECRETS = 20;

    /** Makes a contender; may fail. */
    private interface Maker {
        Contender make(Server.Place place) throws IOException;
    }

    private static final Map<String, Maker> CONTENDERS = new TreeMap<>(Map.of(
            DETACHED, place -> new FootholdContender(place, true),
            REDACTED,
                    place -> new FootholdContender(place, true)
                            .redacting(new SampleText(SECRETS)
                                    .secrets().stream().map(Secret::of).toList()),
            COMMAND, place -> new FootholdContender(place, false),
            SSHJ, SshjContender::new,
            OPENSSH, OpenSshContender::new));

    private static final String ANSWER = "answer ";

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
     * Starts one.
     *
     * @param name whose it is
     * @param place the server
     */
    static Worker start(String name, Server.Place place) throws IOException {
        return new Worker(
                name,
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                classPath(),
                                Worker.class.getName(),
                                name,
                                place.directory().toString(),
                                Integer.toString(place.port()))
                        .redirectError(place.directory()
                                .resolve(name.replaceAll("\\W+", "-") + ".log")
                                .toFile())
                        .start());
    }

    /** Gives this process's own, with absolute paths. */
    private static String classPath() {
        return System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", "");
    }

    String name() {
        return name;
    }

    Outcome ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ANSWER)) {
                return Outcome.parse(line.substring(ANSWER.length()));
            }
        }
        throw new IOException(name + " has not done \"" + question + "\"; see its log beside the server's.");
    }

    @Override
    public void close() throws IOException {
        questions.close();
        process.destroyForcibly();
        process.onExit().join();
    }

    /**
     * Answers questions until there are no more.
     *
     * @param args the contender's name, the server's directory and its port
     * @throws Exception if a contender fails
     */
    public static void main(String[] args) throws Exception {
        Contender contender =
                CONTENDERS.get(args[0]).make(new Server.Place(Path.of(args[1]), Integer.parseInt(args[2])));
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ");
            Outcome outcome = words[0].equals("stream")
                    ? Outcome.ofStream(contender)
                    : Outcome.ofUpload(contender, Path.of(words[1]), Path.of(words[2]));
            System.out.println(ANSWER + outcome.text());
            System.out.flush();
        }
        System.exit(0);
    }
}
