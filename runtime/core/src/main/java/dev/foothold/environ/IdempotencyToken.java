package dev.foothold.environ;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Identifies one step of one operation to a cloud, so that a repeated call is the same call. Foothold makes a new one
 * for each zone or size that is tried, and keeps it when it tries the same again.
 *
 * @param text at most 63 letters, digits and hyphens, starting with a letter
 */
public record IdempotencyToken(String text) {

    private static final int HEX_DIGITS = 40;

    /**
     * Creates a token.
     *
     * @param text at most 63 letters, digits and hyphens, starting with a letter
     * @throws IllegalArgumentException if the text has another form
     */
    public IdempotencyToken {
        if (!text.matches("[A-Za-z][A-Za-z0-9-]{0,62}")) {
            throw new IllegalArgumentException("idempotency token \"" + text
                    + "\" is not valid; use up to 63 letters, digits and hyphens, starting with a letter");
        }
    }

    /**
     * Derives the token of a step.
     *
     * @param operation the operation's id
     * @param step what tells the step from others of the operation, for example its number and zone
     * @return the same token for the same words
     */
    public static IdempotencyToken derive(String operation, String... step) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(operation.getBytes(StandardCharsets.UTF_8));
            for (String word : step) {
                digest.update((byte) 0);
                digest.update(word.getBytes(StandardCharsets.UTF_8));
            }
            return new IdempotencyToken(
                    "fh-" + HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Gives the token for clouds that take a UUID.
     *
     * @return a name-based UUID of the text
     */
    public UUID asUuid() {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return text;
    }
}
