package dev.foothold.internal.key;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the data types of the SSH protocol (RFC 4251, section 5). */
public final class WireWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Begins with nothing. */
    public WireWriter() {}

    /**
     * Writes a number of 32 bits.
     *
     * @param value the number
     * @return this
     */
    public WireWriter number(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /**
     * Writes a number of any size.
     *
     * @param value the number
     * @return this
     */
    public WireWriter bigNumber(BigInteger value) {
        return string(value.signum() == 0 ? new byte[0] : value.toByteArray());
    }

    /**
     * Writes bytes.
     *
     * @param value the bytes
     * @return this
     */
    public WireWriter raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    /**
     * Writes bytes with their length in front.
     *
     * @param value the bytes
     * @return this
     */
    public WireWriter string(byte[] value) {
        return number(value.length).raw(value);
    }

    /**
     * Writes text with its length in front.
     *
     * @param value the text
     * @return this
     */
    public WireWriter text(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Says how much was written.
     *
     * @return the number of bytes
     */
    public int size() {
        return bytes.size();
    }

    /**
     * Gives what was written.
     *
     * @return a copy of the bytes
     */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
