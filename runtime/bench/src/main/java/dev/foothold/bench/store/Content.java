package dev.foothold.bench.store;

import java.nio.charset.StandardCharsets;

/** What is written: a number, and as much behind it as an operation's record is long. */
final class Content {

    private static final String REST = "\n" + "an operation's record is about as long as this\n".repeat(42);

    private Content() {}

    static byte[] of(long number) {
        return (number + REST).getBytes(StandardCharsets.US_ASCII);
    }

    static long number(byte[] content) {
        String text = new String(content, StandardCharsets.US_ASCII);
        return Long.parseLong(text.substring(0, text.indexOf('\n')));
    }
}
