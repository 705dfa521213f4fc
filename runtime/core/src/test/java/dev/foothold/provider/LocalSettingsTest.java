package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.foothold.config.ProviderSchema;
import dev.foothold.config.SettingFiles;
import dev.foothold.config.SettingGroup;
import dev.foothold.config.SettingSpec;
import dev.foothold.config.SettingType;
import dev.foothold.config.Settings;
import dev.foothold.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real files, and the real environment. */
class LocalSettingsTest {

    private static final SettingSpec<String> KEY =
            SettingSpec.of("key", SettingType.TEXT).fromFile();
    private static final SettingSpec<String> PATH =
            SettingSpec.of("path", SettingType.TEXT).withEnvironmentVariable("PATH");
    private static final SettingGroup<String> GROUP =
            SettingGroup.of(in -> in.get(KEY) + " " + in.get(PATH), KEY, PATH);
    private static final ProviderSchema SCHEMA = ProviderSchema.of("acme").withConfiguration(GROUP);

    @TempDir
    Path directory;

    private final SettingFiles files = LocalSettings.files();

    @Test
    void settings_knowTheEnvironmentAndTheFilesOfThisProgram() throws Exception {
        Path key = Files.writeString(directory.resolve("key"), "s3cr3t\n");
        String expected = "s3cr3t " + System.getenv("PATH");
        assertThat(SCHEMA.read(LocalSettings.of(Map.of("key", key.toString()))).get(GROUP))
                .isEqualTo(expected);
        Path yaml = Files.writeString(directory.resolve("acme.yaml"), "key: " + key + "\n");
        assertThat(SCHEMA.read(LocalSettings.yaml(yaml)).get(GROUP)).isEqualTo(expected);
    }

    @Test
    void faults_nameTheYamlFileAndTheLine() throws Exception {
        Path yaml = Files.writeString(directory.resolve("acme.yaml"), "path: x\nkey: /nowhere/key\n");
        Settings settings = LocalSettings.yaml(yaml);
        assertThatThrownBy(() -> SCHEMA.read(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "key (" + yaml + ", line 2): file \"/nowhere/key\" cannot be read: there is no such file");
    }

    @Test
    void aYamlFileThatCannotBeRead_isNamed() throws Exception {
        assertThatThrownBy(() -> LocalSettings.yaml(directory.resolve("none.yaml")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(directory.resolve("none.yaml") + ": it cannot be read: there is no such file");
        assertThatThrownBy(() -> LocalSettings.yaml(directory))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("it must be a file, but is a directory");
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        assertThatThrownBy(() -> LocalSettings.yaml(latin))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("it is not UTF-8 text");
        Path broken = Files.writeString(directory.resolve("broken.yaml"), "a: 1\nb: [");
        assertThatThrownBy(() -> LocalSettings.yaml(broken))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(broken + ", line 2: ");
    }

    @Test
    void aTilde_isTheHomeDirectory() throws Exception {
        String home = System.getProperty("user.home");
        try {
            System.setProperty("user.home", directory.toString());
            Files.writeString(directory.resolve("key"), "k");
            assertThat(files.read("~/key")).asString().isEqualTo("k");
            assertThatThrownBy(() -> files.read("~other/key")).hasMessage("there is no such file");
        } finally {
            System.setProperty("user.home", home);
        }
    }

    @Test
    @Timeout(10)
    void onlyARegularFileOfBoundedSize_isRead() throws Exception {
        assertThatThrownBy(() -> files.read(directory.toString()))
                .isInstanceOf(IOException.class)
                .hasMessage("it must be a file, but is a directory");
        assertThatThrownBy(() -> files.read(directory.resolve("none").toString()))
                .hasMessage("there is no such file");
        assertThatThrownBy(() -> files.read("a\0b")).hasMessage("this is not a path");
        Path large = Files.write(directory.resolve("large"), new byte[SettingFiles.MAX_BYTES + 1]);
        assertThatThrownBy(() -> files.read(large.toString())).hasMessage("it is larger than 1048576 bytes");
        Path largest = Files.write(directory.resolve("largest"), new byte[SettingFiles.MAX_BYTES]);
        assertThat(files.read(largest.toString())).hasSize(SettingFiles.MAX_BYTES);
        assumeThat(Path.of("/dev/zero")).exists();
        assertThatThrownBy(() -> files.read("/dev/zero"))
                .hasMessage("it must be a file, but is a device, pipe or socket");
    }

    @Test
    void aFileThatMustNotBeRead_isToldAsThat() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "k");
        assumeThat(secret.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeThat(secret).matches(file -> !Files.isReadable(file), "not readable: not run as root");
        assertThatThrownBy(() -> files.read(secret.toString())).hasMessage("access to it is denied");
    }
}
