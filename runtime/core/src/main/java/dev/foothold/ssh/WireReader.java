package dev.foothold.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the data types of the SSH protocol (RFC 4251, section 5); refuses what is cut off. */
final class WireReader {

    private final String subject;
    private final ByteBuffer bytes;

    WireReader(String subject, byte[] bytes) {
        this.subject = subject;
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int number() {
        if (bytes.remaining() < Integer.BYTES) {
            throw cutOff();
        }
        return bytes.getInt();
    }

    byte[] raw(int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw cutOff();
        }
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    byte[] string() {
        return raw(number());
    }

    String text() {
        return new String(string(), StandardCharsets.UTF_8);
    }

    List<byte[]> stringsToEnd() {
        List<byte[]> strings = new ArrayList<>();
        while (bytes.hasRemaining()) {
            strings.add(string());
        }
        return strings;
    }

    byte[] rest() {
        return raw(bytes.remaining());
    }

    private IllegalArgumentException cutOff() {
        return new IllegalArgumentException(subject + " is cut off");
    }
}
