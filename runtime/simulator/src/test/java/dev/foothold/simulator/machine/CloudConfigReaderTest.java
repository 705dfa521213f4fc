package dev.foothold.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.simulator.machine.UserData.WrittenFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CloudConfigReaderTest {
    private static UserData read(String... lines) {
        String text = "#cloud-config\n" + String.join("\n", lines);
        return CloudConfigReader.read(text.getBytes(StandardCharsets.UTF_8), "ubuntu");
    }

    private static String gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    @Test
    void keysGoToTheDefaultUserAndToThoseWhoAreNamed() {
        UserData data = read(
                "ssh_authorized_keys: [k1, k2]",
                "users:",
                "- default",
                "- {name: ops, ssh_authorized_keys: [k3], shell: /bin/zsh}",
                "- {name: ../x, ssh_authorized_keys: [k4]}");

        assertThat(data.users()).containsOnlyKeys("ubuntu", "ops");
        assertThat(data.users()).containsEntry("ubuntu", List.of("k1", "k2")).containsEntry("ops", List.of("k3"));
        assertThat(data.notes()).containsExactly("a user was ignored: its name is not one");
    }

    @Test
    void filesAreDecoded() throws IOException {
        UserData data = read(
                "write_files:",
                "- {path: /a, content: 'plain ü', owner: 'x:y', append: true, defer: true}",
                "- {path: /b, content: aGk=, encoding: base64, permissions: 0755}",
                "- {path: /c, content: " + gzip("zipped") + ", encoding: gz+b64, permissions: '0600'}",
                "- {path: /d, content: '%', encoding: gzip+b64}",
                "- {path: ../../etc/e}");

        assertThat(data.files())
                .containsExactly(
                        new WrittenFile("/a", "plain ü".getBytes(StandardCharsets.UTF_8), "0644", "x:y", true, true),
                        new WrittenFile("/b", "hi".getBytes(StandardCharsets.UTF_8), "755", "", false, false),
                        new WrittenFile("/c", "zipped".getBytes(StandardCharsets.UTF_8), "0600", "", false, false),
                        new WrittenFile("/etc/e", new byte[0], "0644", "", false, false));
        assertThat(data.notes()).containsExactly("file /d was ignored: its content is not what its encoding says");
    }

    @Test
    void commandsAreTextOrQuotedWords() {
        UserData data = read("bootcmd: ['a && b']", "runcmd:", "- [echo, \"it's\", $HOME, 1]", "- echo a: b");

        assertThat(data.bootCommands()).containsExactly("a && b");
        assertThat(data.runCommands()).containsExactly("'echo' 'it'\\''s' '$HOME' '1'");
        assertThat(data.notes())
                .containsExactly("a command was ignored: it is a mapping; quote a text that has ': ' in it");
    }

    @Test
    void whatIsNotCloudConfigIsIgnoredWithoutBeingQuoted() {
        assertThat(CloudConfigReader.read("#!/bin/sh\nsecret".getBytes(StandardCharsets.UTF_8), "ubuntu")
                        .notes())
                .containsExactly("user data was ignored: its first line is not #cloud-config");
        assertThat(read("secret: [").notes()).containsExactly("user data was ignored: not YAML at line 2");
        assertThat(read("!!java.net.URL [http://secret]").notes())
                .hasSize(1)
                .noneMatch(note -> note.contains("secret"));
        assertThat(read("- secret").notes()).containsExactly("user data was ignored: not a mapping of keys to values");
        assertThat(CloudConfigReader.read(new byte[0], "ubuntu").notes()).isEmpty();
    }

    @Test
    void secretsAreNotShown() {
        UserData data = read(
                "ssh_keys: {ed25519_private: secret}",
                "runcmd: [secret]",
                "write_files: [{path: /a, content: secret}]");

        assertThat(data.hostKey()).hasValue("secret");
        assertThat(data.toString()).doesNotContain("secret").contains("/a");
    }
}
