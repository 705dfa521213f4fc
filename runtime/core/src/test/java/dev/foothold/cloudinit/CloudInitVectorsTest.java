package dev.foothold.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foothold.internal.yaml.YamlText;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.testing.Tools;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Both renderings against recorded answers; scripts are run by the real shells. */
class CloudInitVectorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> documents() {
        return Vectors.file("cloudinit_yaml").tests(CloudInitVectorsTest::checkDocument);
    }

    @TestFactory
    @Tag("D-54")
    Stream<DynamicTest> scripts() {
        return Vectors.file("cloudinit_script").tests(this::checkScript);
    }

    @TestFactory
    @Tag("D-53")
    Stream<DynamicTest> files() {
        return Vectors.file("cloudinit_files").tests(this::checkFile);
    }

    @TestFactory
    @Tag("D-56")
    @Tag("D-57")
    Stream<DynamicTest> lists() {
        return Vectors.file("cloudinit_lists").tests(CloudInitVectorsTest::checkLists);
    }

    @TestFactory
    Stream<DynamicTest> quoting() {
        return Vectors.file("shell_quote").tests(CloudInitVectorsTest::checkQuoting);
    }

    // ---- Documents

    private static void checkDocument(VectorCase vector) throws Exception {
        VectorSteps steps = new VectorSteps(vector, text -> text);
        String yaml = steps.apply().renderYaml();
        Map<String, Object> document = YamlText.load(yaml);

        assertThat(yaml.lines().findFirst())
                .contains(vector.expect("first_line").asText());
        JsonNode expected = vector.expect("document");
        if (vector.json().path("juju_shape").asBoolean()) {
            JsonNode step = vector.get("steps").get(0);
            assertThat(document).containsOnlyKeys("write_files");
            assertThat(((List<?>) document.get("write_files"))).singleElement().satisfies(entry -> {
                Map<?, ?> file = (Map<?, ?>) entry;
                assertThat(file.get("path")).isEqualTo(step.get(1).asText());
                assertThat(file.get("permissions"))
                        .isEqualTo(Integer.toOctalString(step.get(3).asInt()));
                assertThat(decoded(file.get("content")))
                        .isEqualTo((step.get(2).asText() + "\n").getBytes(StandardCharsets.UTF_8));
            });
            return;
        }
        assertThat(inTheOriginalsWords(document)).isEqualTo(plain(expected, steps.keys()));
    }

    /** Newer names of the same things, and keys that carry no mark of who wrote them. */
    private static Map<String, Object> inTheOriginalsWords(Map<String, Object> document) {
        Map<String, Object> old = new LinkedHashMap<>(document);
        old.remove("ssh_deletekeys"); // here a machine that is given host keys has no others
        if (old.remove("apt") instanceof Map<?, ?> apt && apt.get("primary") instanceof List<?> primary) {
            old.put("apt_mirror", ((Map<?, ?>) primary.get(0)).get("uri"));
            old.remove("package_update"); // a mirror is of no use until the list of packages is fetched from it
        }
        old.computeIfPresent("ssh_keys", (key, texts) -> {
            Map<Object, Object> comparable = new LinkedHashMap<>((Map<?, ?>) texts);
            comparable.replaceAll((kind, text) -> String.valueOf(kind).endsWith("_private")
                    ? "private half of "
                            + SshKeyPair.parse(String.valueOf(text)).publicKey().line()
                    : text);
            return comparable;
        });
        old.computeIfPresent("users", (key, users) -> {
            List<Object> entries = new ArrayList<>();
            for (Object user : (List<?>) users) {
                Map<Object, Object> entry = new LinkedHashMap<>((Map<?, ?>) user);
                Object keys = entry.remove("ssh_authorized_keys");
                if (keys != null) {
                    entry.put("ssh-authorized-keys", keys);
                }
                entry.computeIfPresent("sudo", (name, rule) -> List.of(rule));
                entries.add(entry);
            }
            return entries;
        });
        return old;
    }

    private static Object plain(JsonNode json, Map<String, String> keys) {
        if (json.isObject()) {
            Map<String, Object> map = new LinkedHashMap<>();
            json.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue(), keys)));
            return map;
        }
        if (json.isArray()) {
            List<Object> list = new ArrayList<>();
            json.forEach(item -> list.add(plain(item, keys)));
            return list;
        }
        if (json.isTextual()) {
            String text = json.asText();
            // The original writes its name into the comment of a key, as the comment if there is none.
            boolean isKey = text.startsWith("ssh-ed25519 ");
            return isKey && !text.endsWith(" Juju:user@host")
                    ? text.replaceFirst(" Juju:sshkey$", "").replaceFirst(" Juju:", " ")
                    : keys.getOrDefault(text, text);
        }
        return JSON.convertValue(json, Object.class);
    }

    // ---- Scripts

    private void checkScript(VectorCase vector) throws Exception {
        Path home = Files.createDirectory(directory.resolve(vector.name()));
        Path stubs = Files.createDirectory(home.resolve("stubs"));
        Path log = home.resolve("log");
        vector.json()
                .path("path_stubs")
                .properties()
                .forEach(stub -> executable(
                        stubs.resolve(stub.getKey()),
                        "#!/bin/bash\n" + stub.getValue().asText() + "\n"));
        Files.writeString(log, "");
        CloudConfig config = new VectorSteps(
                        vector, text -> text.replace("<log>", log.toString()).replace("<dir>", home.toString()))
                .apply();

        Tools.Result result = Tools.run(
                Map.of("PATH", stubs + ":" + System.getenv("PATH")), config.renderScript(), "/bin/bash", "-s");

        assertThat(result.stderr()).isEqualTo(vector.expect("stderr").asText());
        assertThat(result.stdout()).isEqualTo(vector.expect("stdout").asText());
        assertThat(log).hasContent(vector.expect("log").asText());
        assertThat(result.exit()).isEqualTo(vector.expect("exit").asInt());
        if (vector.get("expect").has("err_file")) {
            assertThat(home.resolve("err")).hasContent(vector.expect("err_file").asText());
        }
    }

    private static void executable(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    // ---- Files

    private void checkFile(VectorCase vector) throws Exception {
        Path file = directory.resolve(vector.name()).resolve("in/it's");
        boolean text = vector.get("op").asText().equals("text_file");
        byte[] content = text
                ? (vector.get("content").asText() + "\n").getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(vector.get("content_base64").asText());
        byte[] expected = text
                ? vector.expect("file").asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(vector.expect("file_base64").asText());
        if (vector.json().has("existing")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, vector.get("existing").asText());
        }
        CloudConfig config = CloudConfig.empty()
                .file(FileToWrite.bytes(file.toString(), content)
                        .mode(vector.get("mode").asText()));

        for (int times = 0; times < 2; times++) {
            Tools.Result result = Tools.run(config.renderScript(), "/bin/bash", "-s");
            assertThat(result).isEqualTo(new Tools.Result(0, "", ""));
            assertThat(file).hasBinaryContent(expected);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(vector.expect("mode").asText().equals("600") ? "rw-------" : "rw-r--r--");
            assertThat(file.getParent()).isDirectoryNotContaining(other -> !other.equals(file));
        }
        // The other rendering goes through no shell at all.
        Map<?, ?> entry =
                (Map<?, ?>) ((List<?>) YamlText.load(config.renderYaml()).get("write_files")).get(0);
        assertThat(decoded(entry.get("content"))).isEqualTo(expected);
    }

    private static byte[] decoded(Object content) {
        return Base64.getDecoder().decode(String.valueOf(content));
    }

    // ---- Lists

    private static void checkLists(VectorCase vector) throws Exception {
        CloudConfig config = new VectorSteps(vector, text -> text).apply();
        if (vector.json().path("op").asText().equals("render_twice")) {
            boolean same = vector.expect("same").asBoolean();
            assertThat(config.renderYaml().equals(config.renderYaml())).isEqualTo(same);
            assertThat(config.renderScript().equals(config.renderScript())).isEqualTo(same);
            return;
        }
        Map<String, Object> document = YamlText.load(config.renderYaml());
        assertThat(document.getOrDefault("runcmd", List.of())).isEqualTo(plain(vector.expect("run"), Map.of()));
        assertThat(document.getOrDefault("bootcmd", List.of())).isEqualTo(plain(vector.expect("boot"), Map.of()));
        assertThat(document.getOrDefault("packages", List.of())).isEqualTo(plain(vector.expect("packages"), Map.of()));
    }

    // ---- Quoting

    /** Which of several ways to quote is taken does not matter, only what shells read. */
    private static void checkQuoting(VectorCase vector) throws Exception {
        String text = vector.get("text").asText();
        for (String quoted :
                List.of(ShellWord.quote(text), vector.expect("quoted").asText())) {
            for (String shell : List.of("bash", "dash")) {
                assertThat(Tools.run("printf %s " + quoted, shell))
                        .as("%s reads %s", shell, quoted)
                        .isEqualTo(new Tools.Result(
                                0, vector.expect("shell_reads_back").asText(), ""));
            }
        }
    }
}
