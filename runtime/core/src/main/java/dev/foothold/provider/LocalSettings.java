package dev.foothold.provider;

import dev.foothold.config.SettingFault;
import dev.foothold.config.SettingFiles;
import dev.foothold.config.SettingSource;
import dev.foothold.config.Settings;
import dev.foothold.config.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes settings that know where the program runs: its environment variables are asked, and files that settings name
 * are read from the default file system. Thread-safe.
 */
public final class LocalSettings {

    private static final String HOME = "~/";

    private LocalSettings() {}

    /**
     * Makes settings of values by key.
     *
     * @param values as {@link Settings#of} takes them
     * @return the settings
     * @throws IllegalArgumentException if {@link Settings#of} does not take them
     */
    public static Settings of(Map<String, ?> values) {
        return local(Settings.of(values));
    }

    /**
     * Makes settings of a YAML file.
     *
     * @param file the file, UTF-8, at most {@link SettingFiles#MAX_BYTES} bytes
     * @return the settings; in messages they are called by the file's name as it is given here
     * @throws SettingsException if the file cannot be read, or {@link Settings#yaml} does not take it
     */
    public static Settings yaml(Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(read(file)))
                    .toString();
            return local(Settings.yaml(text, file.toString()));
        } catch (CharacterCodingException e) {
            throw unreadable(file, "it is not UTF-8 text");
        } catch (IOException e) {
            throw unreadable(file, "it cannot be read: " + e.getMessage());
        }
    }

    /**
     * Reads files of the default file system: regular files only, {@code ~/} is the user's home directory, and what is
     * relative is so to the working directory.
     *
     * @return the files
     */
    public static SettingFiles files() {
        return path -> {
            try {
                return read(
                        path.startsWith(HOME)
                                ? Path.of(System.getProperty("user.home"), path.substring(HOME.length()))
                                : Path.of(path));
            } catch (InvalidPathException e) {
                // Its message quotes the path, which may be a secret in the wrong place.
                throw new IOException("this is not a path");
            }
        };
    }

    private static Settings local(Settings settings) {
        return settings.withEnvironment(System.getenv()).withFiles(files());
    }

    /** Only a regular file: what is none may have no end, or wait for somebody who writes. */
    private static byte[] read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("it must be a file, but is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("it must be a file, but is a device, pipe or socket");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(SettingFiles.MAX_BYTES + 1);
            if (bytes.length > SettingFiles.MAX_BYTES) {
                throw new IOException("it is larger than " + SettingFiles.MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new IOException("access to it is denied", e);
        }
    }

    private static SettingsException unreadable(Path file, String why) {
        return new SettingsException(
                "the settings in " + file,
                List.of(new SettingFault("", new SettingSource(SettingSource.Kind.FILE, file.toString(), 0), why)));
    }
}
