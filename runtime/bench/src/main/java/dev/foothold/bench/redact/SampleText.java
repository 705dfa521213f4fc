package dev.foothold.bench.redact;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Makes up what a machine writes while it is installed: words, paths, sums, here and there a secret. Always the same. */
public final class SampleText {

    /** The size of a piece, as it comes from a connection. */
    static final int PIECE = 32 * 1024;

    private static final int PIECES = 32;
    private static final int SECRET_LENGTH = 32;
    private static final String[] WORDS = {
        "Setting up",
        "Unpacking",
        "Get:1",
        "http://archive.example/ubuntu/dists/noble/main",
        "libssl3t64",
        "amd64",
        "(3.0.13-0ubuntu3.4)",
        "Processing triggers for",
        "Created symlink",
        "/etc/systemd/system/acme.service",
        "->",
        "INFO",
        "2026-01-02T03:04:05Z",
        "worker",
        "started",
        "password=",
        "token:",
        "sha256",
        "ok",
        "[100%]"
    };

    private final List<String> secrets = new ArrayList<>();
    private final byte[] bytes = new byte[PIECES * PIECE];

    /**
     * Makes up text.
     *
     * @param count how many secrets there are
     */
    public SampleText(int count) {
        Random random = new Random(7);
        for (int i = 0; i < count; i++) {
            secrets.add(letters(random, SECRET_LENGTH - 2) + "/+");
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes.length) {
            for (int words = 3 + random.nextInt(10); words > 0; words--) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
            }
            if (random.nextInt(4) == 0) {
                text.append(letters(random, 64));
            }
            if (random.nextInt(200) == 0) {
                text.append(forms().get(random.nextInt(3 * count)));
            }
            text.append('\n');
        }
        System.arraycopy(text.toString().getBytes(StandardCharsets.UTF_8), 0, bytes, 0, bytes.length);
    }

    /** Gives the secrets. */
    public List<String> secrets() {
        return secrets;
    }

    /** Gives each secret as it is, in base64 and percent-encoded. */
    List<String> forms() {
        List<String> forms = new ArrayList<>();
        for (String secret : secrets) {
            forms.add(secret);
            forms.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        }
        return forms;
    }

    /** Gives a megabyte of text, which pieces are taken from. */
    byte[] bytes() {
        return bytes;
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".charAt(random.nextInt(62)));
        }
        return text.toString();
    }
}
