package dev.foothold.simulator.machine;

import dev.foothold.simulator.machine.UserData.WrittenFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads {@code #cloud-config} user data. What it does not understand becomes a note: no machine fails to boot for it. */
final class CloudConfigReader {
    private final Map<String, List<String>> users = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<String> hostname = Optional.empty();
    private Optional<String> hostKey = Optional.empty();
    private List<String> bootCommands = List.of();
    private List<String> runCommands = List.of();
    private final List<WrittenFile> files = new ArrayList<>();

    private CloudConfigReader(String defaultUser) {
        users.put(defaultUser, new ArrayList<>());
    }

    /** Reads user data; empty bytes are fine and say nothing. */
    static UserData read(byte[] bytes, String defaultUser) {
        CloudConfigReader reader = new CloudConfigReader(defaultUser);
        if (bytes.length > 0) {
            reader.document(new String(bytes, StandardCharsets.UTF_8), defaultUser);
        }
        return new UserData(
                reader.hostname,
                reader.hostKey,
                reader.users,
                reader.bootCommands,
                reader.files,
                reader.runCommands,
                reader.notes);
    }

    private void document(String text, String defaultUser) {
        if (!text.lines().findFirst().orElse("").strip().equals("#cloud-config")) {
            notes.add("user data was ignored: its first line is not #cloud-config");
            return;
        }
        Object document;
        try {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (MarkedYAMLException e) {
            // Its message quotes the text, which may be secret.
            notes.add("user data was ignored: not YAML at line "
                    + (e.getProblemMark() == null ? "?" : e.getProblemMark().getLine() + 1));
            return;
        } catch (YAMLException e) {
            notes.add("user data was ignored: not YAML");
            return;
        }
        if (document == null) {
            return;
        }
        if (!(document instanceof Map<?, ?> map)) {
            notes.add("user data was ignored: not a mapping of keys to values");
            return;
        }
        map.forEach((key, value) -> entry(String.valueOf(key), value, defaultUser));
    }

    private void entry(String key, @Nullable Object value, String defaultUser) {
        switch (key) {
            case "hostname" -> hostname = Optional.ofNullable(value).map(String::valueOf);
            case "ssh_keys" ->
                hostKey = value instanceof Map<?, ?> keys ? text(keys.get("ed25519_private")) : Optional.empty();
            case "ssh_authorized_keys" -> users.get(defaultUser).addAll(strings(value));
            case "users" -> list(value).forEach(this::user);
            case "bootcmd" -> bootCommands = commands(value);
            case "runcmd" -> runCommands = commands(value);
            case "write_files" -> list(value).forEach(this::file);
            case "ssh_deletekeys" -> {} // there are none to delete
            default -> notes.add(key + " was ignored: machines of this cloud do not know it");
        }
    }

    private void user(@Nullable Object value) {
        if (value instanceof Map<?, ?> user && user.get("name") != null) {
            String name = String.valueOf(user.get("name"));
            if (name.matches("[a-z_][a-z0-9_-]{0,31}")) {
                users.computeIfAbsent(name, unused -> new ArrayList<>())
                        .addAll(strings(user.get("ssh_authorized_keys")));
            } else {
                notes.add("a user was ignored: its name is not one");
            }
        } else if (!"default".equals(value)) {
            notes.add("a user was ignored: it has no name");
        }
    }

    private void file(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> file) || file.get("path") == null) {
            notes.add("a file was ignored: it has no path");
            return;
        }
        String path = Path.of("/")
                .resolve(String.valueOf(file.get("path")))
                .normalize()
                .toString();
        try {
            Object mode = file.get("permissions");
            files.add(new WrittenFile(
                    path,
                    decode(
                            text(file.get("content")).orElse(""),
                            text(file.get("encoding")).orElse("")),
                    mode instanceof Integer number
                            ? Integer.toOctalString(number)
                            : text(mode).orElse("0644"),
                    text(file.get("owner")).orElse(""),
                    Boolean.TRUE.equals(file.get("append")),
                    Boolean.TRUE.equals(file.get("defer"))));
        } catch (IOException | IllegalArgumentException e) {
            notes.add("file " + path + " was ignored: its content is not what its encoding says");
        }
    }

    private static byte[] decode(String content, String encoding) throws IOException {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "", "text/plain" -> content.getBytes(StandardCharsets.UTF_8);
            case "b64", "base64" -> base64(content);
            case "gz+b64", "gz+base64", "gzip+b64", "gzip+base64" -> {
                try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(base64(content)))) {
                    yield in.readAllBytes();
                }
            }
            default -> throw new IOException("unknown encoding " + encoding);
        };
    }

    private static byte[] base64(String content) {
        return Base64.getMimeDecoder().decode(content);
    }

    /** One line of shell for each command: text as it is, a list as quoted words. */
    private List<String> commands(@Nullable Object value) {
        List<String> lines = new ArrayList<>();
        for (Object command : list(value)) {
            if (command instanceof List<?> words) {
                lines.add(String.join(
                        " ",
                        words.stream()
                                .map(word -> BootScript.quote(String.valueOf(word)))
                                .toList()));
            } else if (command instanceof Map<?, ?>) {
                notes.add("a command was ignored: it is a mapping; quote a text that has ': ' in it");
            } else if (command != null) {
                lines.add(String.valueOf(command));
            }
        }
        return lines;
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof byte[] bytes
                ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
                : Optional.ofNullable(value).map(String::valueOf);
    }

    private static List<String> strings(@Nullable Object value) {
        return list(value).stream().map(String::valueOf).toList();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
