package dev.foothold.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foothold.testing.Seeds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Any document with some mistakes in it gives as many faults, each on its line, and never shows a secret. */
class PlantedMistakesTest {

    private static final String SECRET = "hunter2-Zq7";

    /** One line that is right, and what can stand there that is wrong. */
    private record Line(String right, List<String> wrong) {}

    private static final List<Line> LINES = List.of(
            new Line("endpoint: https://acme.example", List.of("endpoint: acme", "endpoint: [a]", "endpoint:")),
            new Line("region: north", List.of("region: {a: b}", "region: ~")),
            new Line("plan: small", List.of("plan: smal", "plan: ''")),
            new Line("disk: 10G", List.of("disk: 10", "root-disk: ten", "disk: -1G")),
            new Line("checked: true", List.of("checked: yes", "checked: 1")),
            new Line(
                    "retry: {pause: 1s, attempts: 2}",
                    List.of(
                            "retry: {pause: 1s, attempts: two}",
                            "retry: {pause: 1s, attempts: 0}",
                            "retry: {pause: 1s, atempts: 2}",
                            "retry: soon")),
            new Line(
                    "proxy: {host: h, password: " + SECRET + "}",
                    List.of(
                            "proxy: {port: 1, password: " + SECRET + "}",
                            "proxy: {host: h, password: [" + SECRET + "]}",
                            "proxy: {host: h, passwort: " + SECRET + "}",
                            "proxy: {host: x" + SECRET + ", password: " + SECRET + "}",
                            "proxy: " + SECRET,
                            "proxy: {host: h, password: a, password-file: " + SECRET + "}",
                            "proxy: {host: h, password-file: " + SECRET + "}")),
            new Line(
                    "zones: [{name: a, ports: [1, 2]}, {name: b}]",
                    List.of(
                            "zones: [{name: a, ports: [1, x]}, {name: b}]",
                            "zones: [{name: a, ports: [1, 2]}, {ports: [1]}]",
                            "zones: a")),
            new Line("labels: {a: b}", List.of("labels: {a: [b]}", "labels: a")),
            new Line("version: 1.10", List.of("version: [1]")),
            new Line("key: k", List.of("key: {a: b}")),
            new Line(
                    "secret: " + SECRET, List.of("secret: [" + SECRET + "]", "secret:", "secret: {x: " + SECRET + "}")),
            new Line(
                    "# nothing",
                    List.of("unknown: " + SECRET, SECRET.replace('-', '_').substring(8) + ": 1")));

    private static final SettingFiles FILES = path -> {
        throw new IOException("no file " + path);
    };

    @Test
    void nMistakes_giveNFaultsOnTheirLines() {
        Seeds.forEach(2000, seed -> {
            Random random = new Random(seed);
            List<Line> lines = new ArrayList<>(LINES);
            Collections.shuffle(lines, random);
            Set<Integer> planted = new TreeSet<>();
            StringBuilder document = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                List<String> wrong = lines.get(i).wrong();
                boolean mistaken = random.nextInt(4) == 0;
                document.append(
                                mistaken
                                        ? wrong.get(random.nextInt(wrong.size()))
                                        : lines.get(i).right())
                        .append('\n');
                if (mistaken) {
                    planted.add(i + 1);
                }
            }
            Settings settings = Settings.yaml(document.toString(), "acme.yaml").withFiles(FILES);
            Throwable failure = catchThrowable(() -> showNothingSecret(Acme.SCHEMA.read(settings)));
            if (planted.isEmpty()) {
                assertThat(failure).isNull();
                return;
            }
            assertThat(failure).as(document.toString()).isInstanceOf(SettingsException.class);
            List<SettingFault> faults = ((SettingsException) failure).faults();
            assertThat(faults).as(document.toString()).hasSameSizeAs(planted);
            // What is missing has no line, but is missing on one.
            faults.stream()
                    .map(SettingFault::source)
                    .filter(source -> source != null)
                    .forEach(source -> assertThat(planted).as(faults.toString()).contains(source.line()));
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain(SECRET);
        });
    }

    private static void showNothingSecret(SettingValues in) {
        assertThat(List.of(in, in.views(), in.notices(), in.immutable()).toString())
                .doesNotContain(SECRET);
        assertThat(in.get(Acme.CONFIG).toString()).doesNotContain(SECRET);
        assertThat(in.get(Acme.CREDENTIAL).toString()).doesNotContain(SECRET);
    }

    @Test
    void anAuthorsMessage_losesEveryFormOfASecret() {
        String pem = "-----BEGIN KEY-----\n  MIIEvQIBADANBg\n-----END KEY-----\n";
        List<Function<String, String>> messages = List.of(
                secret -> "refused " + secret,
                secret -> "refused " + secret.strip(),
                secret -> "refused " + secret.lines().toList(),
                secret -> "refused "
                        + secret.lines().skip(1).findFirst().orElse(secret).strip());
        for (Function<String, String> message : messages) {
            SettingSpec<Secret> key = SettingSpec.of("key", SettingType.SECRET);
            ProviderSchema schema = ProviderSchema.of("acme")
                    .withConfiguration(SettingGroup.of(
                            in -> {
                                throw new IllegalArgumentException(
                                        message.apply(in.get(key).reveal()));
                            },
                            key));
            Throwable failure = catchThrowable(() -> schema.read(Settings.of(Map.of("key", pem))));
            assertThat(failure)
                    .hasMessageContaining("the configuration is refused: refused")
                    .hasNoCause();
            assertThat(failure.getMessage()).doesNotContain("MIIE");
        }
    }
}
