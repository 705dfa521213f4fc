package dev.foothold.cloudinit;

import dev.foothold.ssh.SshPublicKey;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of an {@code authorized_keys} file. */
final class KeyLines {

    private KeyLines() {}

    static List<SshPublicKey> parse(String text) {
        List<SshPublicKey> keys = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R")) {
            number++;
            String content = line.strip();
            if (content.isEmpty() || content.startsWith("#")) {
                continue;
            }
            try {
                keys.add(SshPublicKey.parse(content));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "line " + number + " of the authorized keys cannot be used: " + e.getMessage(), e);
            }
        }
        return keys;
    }
}
