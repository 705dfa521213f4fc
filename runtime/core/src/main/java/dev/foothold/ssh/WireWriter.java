package dev.foothold.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the data types of the SSH protocol (RFC 4251, section 5). */
final class WireWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    WireWriter number(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    WireWriter raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    WireWriter string(byte[] value) {
        return number(value.length).raw(value);
    }

    WireWriter text(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }

    int size() {
        return bytes.size();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
