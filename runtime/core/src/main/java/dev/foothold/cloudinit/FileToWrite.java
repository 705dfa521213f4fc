package dev.foothold.cloudinit;

import dev.foothold.config.Secret;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Says what a file on the machine shall hold; the directories above it are made. The content may be a secret, so it
 * never appears in {@link #toString()}.
 *
 * @param path absolute, with {@code /} as the separator
 * @param content every byte of it
 * @param mode the permissions in octal, for example {@code 0644}
 * @param owner {@code user} or {@code user:group}, by name; empty for {@code root:root}
 * @param deferred whether it is written after users were made and packages installed, instead of before. A file that
 *     belongs to a user of the same description is deferred anyhow
 */
public record FileToWrite(String path, FileContent content, String mode, String owner, boolean deferred) {

    private static final Pattern MODE = Pattern.compile("0?[0-7]{3,4}");
    private static final Pattern OWNER =
            Pattern.compile("[a-z_][a-z0-9_-]{0,31}(:[a-z_][a-z0-9_-]{0,31})?", Pattern.CASE_INSENSITIVE);

    /**
     * Creates a file.
     *
     * @param path absolute, with {@code /} as the separator
     * @param content every byte of it
     * @param mode the permissions in octal, for example {@code 0644}
     * @param owner {@code user} or {@code user:group}, by name; empty for {@code root:root}
     * @param deferred whether it is written after users were made and packages installed
     * @throws IllegalArgumentException if the path is not absolute, the mode not octal or the owner no name
     */
    public FileToWrite {
        Objects.requireNonNull(content, "content");
        Checked.path("file", path);
        if (!MODE.matcher(mode).matches()) {
            throw Checked.refused("the mode of file " + path + ",", mode, "is not octal", "write it like \"0644\"");
        }
        if (!owner.isEmpty()) {
            Checked.matching(OWNER, "the owner of file " + path + ",", owner, "write it like \"app\" or \"app:app\"");
        }
    }

    /**
     * Makes a text file with mode 0644 that belongs to root.
     *
     * @param path absolute
     * @param text the whole content, written in UTF-8; nothing is added to it
     * @return the file
     * @throws IllegalArgumentException if the path is not absolute
     */
    public static FileToWrite text(String path, String text) {
        return new FileToWrite(path, FileContent.of(text), "0644", "", false);
    }

    /**
     * Makes a file with mode 0644 that belongs to root.
     *
     * @param path absolute
     * @param bytes the whole content
     * @return the file
     * @throws IllegalArgumentException if the path is not absolute
     */
    public static FileToWrite bytes(String path, byte[] bytes) {
        return new FileToWrite(path, FileContent.of(bytes), "0644", "", false);
    }

    /**
     * Makes a file with mode 0600 that belongs to root.
     *
     * @param path absolute
     * @param secret the whole content, written in UTF-8; nothing is added to it
     * @return the file
     * @throws IllegalArgumentException if the path is not absolute
     */
    public static FileToWrite secret(String path, Secret secret) {
        return new FileToWrite(path, FileContent.of(secret), "0600", "", false);
    }

    /**
     * Sets the permissions.
     *
     * @param permissions in octal, for example {@code 0640}
     * @return the changed copy
     * @throws IllegalArgumentException if it is not octal
     */
    public FileToWrite mode(String permissions) {
        return new FileToWrite(path, content, permissions, owner, deferred);
    }

    /**
     * Sets whom it belongs to.
     *
     * @param userAndGroup {@code user} or {@code user:group}, by name; empty for {@code root:root}
     * @return the changed copy
     * @throws IllegalArgumentException if it is no name
     */
    public FileToWrite owner(String userAndGroup) {
        return new FileToWrite(path, content, mode, userAndGroup, deferred);
    }

    /**
     * Has it written late: after users were made and packages installed.
     *
     * @return the changed copy
     */
    public FileToWrite late() {
        return new FileToWrite(path, content, mode, owner, true);
    }

    /** Names the user it belongs to; empty for root. */
    String user() {
        int colon = owner.indexOf(':');
        return colon < 0 ? owner : owner.substring(0, colon);
    }

    /** Names the group it belongs to; empty if none is given. */
    String group() {
        int colon = owner.indexOf(':');
        return colon < 0 ? "" : owner.substring(colon + 1);
    }

    @Override
    public String toString() {
        return "FileToWrite[" + path + ", " + content + ", mode " + mode + (owner.isEmpty() ? "" : ", owner " + owner)
                + (deferred ? ", deferred" : "") + "]";
    }
}
