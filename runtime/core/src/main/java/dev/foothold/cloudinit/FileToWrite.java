package dev.foothold.cloudinit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Says what a file on the machine shall hold. The content may be a secret, so it never appears in {@link #toString()}.
 *
 * @param path absolute, with {@code /} as the separator
 * @param content the text, written in UTF-8 and without anything added
 * @param mode the permissions in octal, for example {@code 0644}
 */
public record FileToWrite(String path, String content, String mode) {

    private static final Pattern MODE = Pattern.compile("0?[0-7]{3,4}");

    /**
     * Creates a file.
     *
     * @param path absolute, with {@code /} as the separator
     * @param content the text, written in UTF-8 and without anything added
     * @param mode the permissions in octal, for example {@code 0644}
     * @throws IllegalArgumentException if the path is not absolute or the mode not octal
     */
    public FileToWrite {
        Objects.requireNonNull(content, "content");
        if (!path.startsWith("/") || path.endsWith("/") || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "file \"" + path + "\" cannot be written; give an absolute path that names a file");
        }
        if (!MODE.matcher(mode).matches()) {
            throw new IllegalArgumentException(
                    "the mode \"" + mode + "\" of file \"" + path + "\" is not octal; write it like \"0644\"");
        }
    }

    String base64() {
        return Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "FileToWrite[" + path + ", mode " + mode + "]";
    }
}
