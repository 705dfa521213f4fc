package dev.foothold.machine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes one build of an agent: a program that is to do a machine's work. It is a {@code tar.gz} archive, or one file
 * of any other kind: a program, a script, a jar.
 *
 * @param name what the agent is called, on machines too: lower-case letters, digits and hyphens, a letter first
 * @param version for example {@code 1.4.2} or {@code 2.0-rc1}; see {@link AgentBinaries} for which is newer
 * @param os the operating system it runs on, as {@link Base#os()} names it; null for all
 * @param arch the architecture it runs on; null for all
 * @param size how many bytes the file has
 * @param sha256 the file's SHA-256, 64 hexadecimal digits in lower case
 * @param location where the file is: a {@code file:} that is uploaded, or an {@code https:} or {@code http:} from which
 *     the machine fetches it itself
 */
public record AgentBinary(
        String name,
        String version,
        @Nullable String os,
        @Nullable Arch arch,
        long size,
        String sha256,
        URI location) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+~_-]{0,63}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> REMOTE = Set.of("http", "https");

    /**
     * Creates a description.
     *
     * @param name what the agent is called
     * @param version which build it is
     * @param os the operating system it runs on; null for all
     * @param arch the architecture it runs on; null for all
     * @param size how many bytes the file has
     * @param sha256 the file's SHA-256
     * @param location where the file is
     * @throws IllegalArgumentException if a part is not as described above; the message names it
     */
    public AgentBinary {
        require(NAME.matcher(name).matches(), "name \"" + name + "\"", "lower-case letters, digits and hyphens");
        require(VERSION.matcher(version).matches(), "version \"" + version + "\"", "one like 1.4.2");
        require(size > 0, "size " + size, "more than nothing");
        require(SHA256.matcher(sha256).matches(), "SHA-256 \"" + sha256 + "\"", "64 hexadecimal digits in lower case");
        String scheme = String.valueOf(location.getScheme()).toLowerCase(Locale.ROOT);
        require(
                scheme.equals("file") || REMOTE.contains(scheme) && location.getHost() != null,
                "location",
                "a file:, https: or http: URL");
        require(location.getRawUserInfo() == null, "location", "a URL without a password");
    }

    private static void require(boolean right, String what, String wanted) {
        if (!right) {
            throw new IllegalArgumentException("the " + what + " of an agent is not valid; it must be " + wanted);
        }
    }

    /**
     * Describes a local file, which is read once to count and sum its bytes.
     *
     * @param name what the agent is called
     * @param version which build it is
     * @param os the operating system it runs on; null for all
     * @param arch the architecture it runs on; null for all
     * @param file the file
     * @return the description
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a part is not as described above
     */
    public static AgentBinary file(String name, String version, @Nullable String os, @Nullable Arch arch, Path file)
            throws IOException {
        MessageDigest digest = digest();
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
                size += length;
            }
        }
        String sum = HexFormat.of().formatHex(digest.digest());
        return new AgentBinary(
                name, version, os, arch, size, sum, file.toAbsolutePath().toUri());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Tells whether it runs on a machine.
     *
     * @param base the machine's operating system; its release does not matter
     * @param machineArch the machine's architecture
     * @return whether both are among those it is for
     */
    public boolean runsOn(Base base, Arch machineArch) {
        return (os == null || os.equals(base.os())) && (arch == null || arch == machineArch);
    }

    /**
     * Tells whether the file is here, and has to be uploaded.
     *
     * @return false if the machine fetches it itself
     */
    public boolean isLocal() {
        return "file".equalsIgnoreCase(location.getScheme());
    }

    /**
     * Gives the name of the file, without where it is.
     *
     * @return the last part of the location's path; the agent's name if it has none
     */
    public String fileName() {
        String path = Objects.requireNonNullElse(location.getPath(), "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isEmpty() ? name : last;
    }

    /**
     * Describes it for messages.
     *
     * @return for example {@code acme 1.4.2 for ubuntu on amd64}
     */
    public String describe() {
        return name + " " + version + " for " + (os == null ? "any system" : os) + " on "
                + (arch == null ? "any architecture" : arch.text());
    }
}
