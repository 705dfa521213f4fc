package dev.foothold.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.simulator.machine.Isolation;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says how to reach a cloud that is a process of its own, as its {@code cloud.json} does.
 *
 * @param url where it serves, for example {@code http://127.0.0.1:40123}
 * @param token what every request must carry; secret
 * @param pid the process
 * @param isolation how far the scripts of its machines are kept away from the host; null if it can make no machines
 */
public record CloudFile(
        URI url, String token, long pid, @Nullable Isolation isolation) {
    private static final String NAME = "cloud.json";
    private static final int PATIENCE_MILLIS = 2_000;

    /**
     * Reads the file of a directory.
     *
     * @param directory where a cloud serves
     * @return what the file says; whether the cloud is still there is another question
     * @throws NoSuchFileException if no cloud serves there
     * @throws IOException if the file cannot be read or is not one
     */
    public static CloudFile read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        try {
            JsonNode json = Json.read(Files.readAllBytes(file));
            return new CloudFile(
                    URI.create(json.path("url").asText()),
                    json.path("token").asText(),
                    json.path("pid").asLong(),
                    json.hasNonNull("isolation")
                            ? Isolation.valueOf(json.path("isolation").asText())
                            : null);
        } catch (Json.Malformed | IllegalArgumentException e) {
            throw new IOException(file + " is not a file that a simulated cloud wrote; delete it.", e);
        }
    }

    /** Writes the file, whole or not at all, readable by its owner only. */
    void write(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        if (Files.exists(file)) {
            if (read(directory).answers()) {
                throw new FileAlreadyExistsException(file + " belongs to a cloud that is alive, process "
                        + read(directory).pid() + ". Stop it, or choose another directory.");
            }
            Files.delete(file);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("url", url.toString());
        json.put("token", token);
        json.put("pid", pid);
        if (isolation != null) {
            json.put("isolation", isolation.name());
        }
        Path draft = Files.createTempFile(
                directory,
                NAME,
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(draft, Json.write(json));
            // Unlike a move, a link fails if another cloud was quicker.
            Files.createLink(file, draft);
        } finally {
            Files.delete(draft);
        }
    }

    /** Deletes the file if it is still this cloud's. */
    void delete(Path directory) throws IOException {
        try {
            if (read(directory).equals(this)) {
                Files.delete(directory.resolve(NAME));
            }
        } catch (NoSuchFileException e) {
            // Somebody else has tidied up.
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) url.resolve("/v1/zones").toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** Shows everything but the token. */
    @Override
    public String toString() {
        return "CloudFile[url=" + url + ", pid=" + pid + "]";
    }
}
