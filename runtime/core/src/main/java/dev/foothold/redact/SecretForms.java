package dev.foothold.redact;

import dev.foothold.config.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes a secret in all the ways in which programs pass texts on. */
final class SecretForms {

    private static final String PEM_MARKER = "-----";

    /** What stands unquoted in a shell, as bash has it. */
    private static final String PLAIN_IN_SHELL = "_@%+=:,./-";

    private static final String PLAIN_IN_URL = "-._~";

    /** For each number of bytes before a secret in its group of three: how many characters those have a part in. */
    private static final int[] SHARED_CHARACTERS = {0, 2, 3};

    private final Set<String> forms = new LinkedHashSet<>();

    private SecretForms() {}

    /** Gives the forms in UTF-8; none if the secret is too short to be looked for. */
    static List<byte[]> of(Secret secret) {
        String whole = secret.reveal().strip();
        if (utf8(whole.replaceAll("[\\r\\n]", "")).length < Redactor.SHORTEST) {
            return List.of();
        }
        SecretForms all = new SecretForms();
        all.add(whole);
        whole.lines()
                .map(String::strip)
                .filter(line -> line.length() >= Redactor.SHORTEST_LINE && !line.startsWith(PEM_MARKER))
                .forEach(all::add);
        return all.forms.stream().map(SecretForms::utf8).toList();
    }

    private void add(String text) {
        forms.add(text);
        addBase64(utf8(text));
        addPercentEncoded(text);
        addQuotedForShell(text);
        addQuotedForJson(text);
        forms.add(text.replace("'", "''")); // YAML
    }

    private void addBase64(byte[] bytes) {
        for (int before = 0; before < SHARED_CHARACTERS.length; before++) {
            byte[] shifted = new byte[before + bytes.length + 1];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            shifted[shifted.length - 1] = '\n';
            int from = SHARED_CHARACTERS[before];
            // Where nothing follows, or the end of the line, the last character is known, too.
            for (int length = shifted.length - 1; length <= shifted.length; length++) {
                byte[] encoded = Arrays.copyOf(shifted, length);
                addBase64(Base64.getEncoder(), encoded, from);
                addBase64(Base64.getUrlEncoder(), encoded, from);
            }
        }
    }

    private void addBase64(Base64.Encoder encoder, byte[] bytes, int from) {
        String padded = encoder.encodeToString(bytes);
        forms.add(padded.substring(from));
        forms.add(encoder.withoutPadding().encodeToString(bytes).substring(from));
        forms.add(padded.substring(from, bytes.length * 8 / 6));
    }

    private void addPercentEncoded(String text) {
        String strict = percentEncoded(text, PLAIN_IN_URL);
        forms.add(strict);
        forms.add(lowerCaseEscapes(strict));
        forms.add(percentEncoded(text, PLAIN_IN_URL + "/"));
        forms.add(percentEncoded(text, PLAIN_IN_URL + "!'()*")); // as browsers do it
        forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8)); // as forms are sent
    }

    private static String percentEncoded(String text, String plain) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : utf8(text)) {
            char character = (char) (each & 0xff);
            if (isLetterOrDigit(character) || plain.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) character));
            }
        }
        return encoded.toString();
    }

    private static String lowerCaseEscapes(String encoded) {
        StringBuilder lower = new StringBuilder(encoded);
        for (int at = lower.indexOf("%"); at >= 0; at = lower.indexOf("%", at + 1)) {
            lower.replace(at, at + 3, lower.substring(at, at + 3).toLowerCase(Locale.ROOT));
        }
        return lower.toString();
    }

    private void addQuotedForShell(String text) {
        forms.add(text.replace("'", "'\\''"));
        forms.add(text.replace("'", "'\"'\"'"));
        forms.add(text.replaceAll("[\\\\\"$`]", "\\\\$0")); // between double quotes
        forms.add(text.replace("\\", "\\\\")
                .replace("'", "\\'")
                .replace("\n", "\\n")
                .replace("\t", "\\t")); // $'…'
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(character -> {
            if (character < 0x80 && !isLetterOrDigit(character) && PLAIN_IN_SHELL.indexOf(character) < 0) {
                escaped.append('\\');
            }
            escaped.append((char) character);
        });
        forms.add(escaped.toString());
    }

    private void addQuotedForJson(String text) {
        forms.add(quotedForJson(text, "", false));
        forms.add(quotedForJson(text, "", true));
        forms.add(quotedForJson(text, "<>&", false));
        forms.add(quotedForJson(text, "<>&='", false));
        forms.add(quotedForJson(text, "", false).replace("/", "\\/"));
    }

    private static String quotedForJson(String text, String alsoEscaped, boolean asciiOnly) {
        StringBuilder quoted = new StringBuilder();
        text.chars().forEach(character -> {
            switch (character) {
                case '"', '\\' -> quoted.append('\\').append((char) character);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (character < ' ' || asciiOnly && character >= 0x7f || alsoEscaped.indexOf(character) >= 0) {
                        quoted.append(String.format(Locale.ROOT, "\\u%04x", character));
                    } else {
                        quoted.append((char) character);
                    }
                }
            }
        });
        return quoted.toString();
    }

    private static boolean isLetterOrDigit(int character) {
        return character >= '0' && character <= '9'
                || character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z';
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
