package dev.foothold.internal.key;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the data types of the SSH protocol (RFC 4251, section 5); refuses what is cut off. */
public final class WireReader {

    private final String subject;
    private final ByteBuffer bytes;

    /**
     * Begins at the first byte.
     *
     * @param subject what is read, for messages
     * @param bytes what to read; not copied
     */
    public WireReader(String subject, byte[] bytes) {
        this.subject = subject;
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /**
     * Reads a number of 32 bits.
     *
     * @return the number, negative if its first bit is set
     * @throws IllegalArgumentException if there is not that much left
     */
    public int number() {
        require(Integer.BYTES);
        return bytes.getInt();
    }

    /**
     * Reads a number of 64 bits.
     *
     * @return the number, negative if its first bit is set
     * @throws IllegalArgumentException if there is not that much left
     */
    public long longNumber() {
        require(Long.BYTES);
        return bytes.getLong();
    }

    /**
     * Reads bytes.
     *
     * @param length how many
     * @return the bytes
     * @throws IllegalArgumentException if there are not that many left
     */
    public byte[] raw(int length) {
        require(length);
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    /**
     * Reads bytes with their length in front.
     *
     * @return the bytes
     * @throws IllegalArgumentException if there are not that many left
     */
    public byte[] string() {
        return raw(number());
    }

    /**
     * Reads text with its length in front.
     *
     * @return the text; what is not UTF-8 becomes replacement characters
     * @throws IllegalArgumentException if there is not that much left
     */
    public String text() {
        return new String(string(), StandardCharsets.UTF_8);
    }

    /**
     * Reads a number of any size, which must not be negative.
     *
     * @return the number
     * @throws IllegalArgumentException if there is not that much left, or the number is negative
     */
    public BigInteger bigNumber() {
        byte[] value = string();
        BigInteger number = value.length == 0 ? BigInteger.ZERO : new BigInteger(value);
        if (number.signum() < 0) {
            throw new PrivateKey.Refusal(subject, "is damaged: one of its numbers is negative");
        }
        return number;
    }

    /**
     * Reads strings until nothing is left.
     *
     * @return the strings
     * @throws IllegalArgumentException if the last one is cut off
     */
    public List<byte[]> stringsToEnd() {
        List<byte[]> strings = new ArrayList<>();
        while (bytes.hasRemaining()) {
            strings.add(string());
        }
        return strings;
    }

    /**
     * Says how far it has come.
     *
     * @return how many bytes were read
     */
    public int position() {
        return bytes.position();
    }

    /**
     * Reads all that is left.
     *
     * @return the bytes
     */
    public byte[] rest() {
        return raw(bytes.remaining());
    }

    private void require(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new PrivateKey.Refusal(subject, "is cut off");
        }
    }
}
