package dev.foothold.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.internal.yaml.YamlText;
import dev.foothold.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Renders descriptions made by chance, full of what shells and YAML are known to stumble over, and has the real programs
 * read them.
 *
 * <p>A short run by default; {@code -Dfuzz.minutes=10} takes that long in all, with other seeds each time. A failure names
 * its seed.
 */
class RenderingFuzzTest {

    private static final long MINUTES = Long.getLong("fuzz.minutes", 0);
    private static final int TESTS = 4;
    private static final int BATCH = 20;

    /** Parses each file that is named, and names those that cannot be parsed. */
    private static final String PARSE_EACH = "for f in \"$1\"/*; do \"$0\" -n \"$f\" || echo \"$f\"; done";

    @TempDir
    Path directory;

    @Test
    void quotedWords_areReadBackByEveryShell() throws Exception {
        Tools.require("bash", "dash");
        fuzz(seed -> {
            Random random = new Random(seed);
            List<String> words = new ArrayList<>(List.of("printf", "%s\\0"));
            for (int i = 0; i < 500; i++) {
                words.add(Samples.text(random) + (char) (1 + random.nextInt(0xD7FF)));
            }
            String expected = String.join("\0", words.subList(2, words.size())) + "\0";
            for (String shell : List.of("bash", "dash")) {
                assertThat(Tools.run(ShellWord.join(words), shell))
                        .as("seed %s in %s", seed, shell)
                        .isEqualTo(new Tools.Result(0, expected, ""));
            }
        });
    }

    @Test
    void scripts_areUnderstoodByBash_andDoWhatWasSaid() throws Exception {
        Tools.require("bash");
        fuzz(seed -> {
            Path batch = Files.createTempDirectory(directory, "scripts");
            for (int i = 0; i < BATCH; i++) {
                CloudConfig config = Samples.randomScriptable(new Random(seed * BATCH + i));
                assertThat(config.renderScript()).isEqualTo(config.renderScript());
                Files.writeString(batch.resolve("script" + i), config.renderScript());
            }
            assertThat(Tools.run("", "bash", "-c", PARSE_EACH, "bash", batch.toString()))
                    .as("seed %s", seed)
                    .isEqualTo(new Tools.Result(0, "", ""));

            Random random = new Random(seed);
            CloudConfig config = CloudConfig.empty();
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                String text = Samples.text(random);
                Path file = batch.resolve("it's " + i).resolve("$file");
                config = config.file(file.toString(), text).run("printf", "%s|", text);
                config = config.shell("cat " + ShellWord.quote(file.toString()));
                expected.append(text).append('|').append(text);
            }
            assertThat(Tools.run(config.renderScript(), "bash", "-s"))
                    .as("seed %s", seed)
                    .isEqualTo(new Tools.Result(0, expected.toString(), ""));
        });
    }

    @Test
    void documents_areReadBack_andTheirCommandsAreUnderstoodByDash() throws Exception {
        Tools.require("dash");
        fuzz(seed -> {
            Path batch = Files.createTempDirectory(directory, "commands");
            for (int i = 0; i < BATCH; i++) {
                CloudConfig config = Samples.random(new Random(seed * BATCH + i));
                String yaml = config.renderYaml();
                assertThat(yaml).isEqualTo(config.renderYaml()).startsWith("#cloud-config\n");
                Map<String, Object> document = YamlText.load(yaml);
                for (Section<List<String>> section : List.of(Section.COMMANDS, Section.BOOT_COMMANDS)) {
                    List<?> commands = (List<?>) document.getOrDefault(section.key(), List.of());
                    assertThat(commands.containsAll(config.get(section)))
                            .as("seed %s: %s", seed * BATCH + i, section.key())
                            .isTrue();
                    StringBuilder script = new StringBuilder("#!/bin/sh\n");
                    commands.forEach(command -> script.append(command).append('\n'));
                    Files.writeString(batch.resolve(section.key() + i), script);
                }
                List<?> files = (List<?>) document.getOrDefault("write_files", List.of());
                List<FileToWrite> given = config.get(Section.FILES);
                for (int file = 0; file < given.size(); file++) {
                    Map<?, ?> entry = (Map<?, ?>) files.get(files.size() - given.size() + file);
                    assertThat(Base64.getDecoder().decode((String) entry.get("content")))
                            .isEqualTo(given.get(file).content().bytes());
                }
            }
            assertThat(Tools.run("", "dash", "-c", PARSE_EACH, "dash", batch.toString()))
                    .as("seed %s", seed)
                    .isEqualTo(new Tools.Result(0, "", ""));
        });
    }

    /** The tool is slow to start, so it is given many documents at once. */
    @Test
    void documents_areAcceptedByCloudInit() throws Exception {
        CloudInit.require();
        fuzz(seed -> {
            Path batch = Files.createTempDirectory(directory, "documents");
            for (int i = 0; i < BATCH; i++) {
                Files.write(
                        batch.resolve("document" + seed + "-" + i),
                        Samples.random(new Random(seed * BATCH + i))
                                .renderYaml()
                                .getBytes(StandardCharsets.UTF_8));
            }
            assertThat(CloudInit.complaints(batch)).as("seed %s", seed).isEmpty();
        });
    }

    /** One run with one seed. */
    private interface Run {
        void run(long seed) throws Exception;
    }

    private static void fuzz(Run run) throws Exception {
        if (MINUTES == 0) {
            run.run(0);
            return;
        }
        long seed = System.nanoTime() % 1_000_000_000;
        for (long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES) / TESTS;
                System.nanoTime() < end;
                seed++) {
            run.run(seed);
        }
        System.out.println("fuzzed up to seed " + seed);
    }
}
