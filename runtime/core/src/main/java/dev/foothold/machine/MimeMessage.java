package dev.foothold.machine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Writes several parts as one text, as cloud-init reads it. The same parts give the same text. */
final class MimeMessage {

    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, "\n".getBytes(StandardCharsets.US_ASCII));

    private MimeMessage() {}

    static String of(List<UserDataPart> parts) {
        String boundary = boundary(parts);
        StringBuilder message = new StringBuilder("Content-Type: multipart/mixed; boundary=\"")
                .append(boundary)
                .append("\"\nMIME-Version: 1.0\n\n");
        for (UserDataPart part : parts) {
            boolean plain = part.text().chars().allMatch(c -> c < 0x80 && c != '\r' && c != 0);
            message.append("--").append(boundary).append('\n');
            message.append("Content-Type: ").append(part.type()).append("; charset=\"utf-8\"\n");
            message.append("MIME-Version: 1.0\n");
            message.append("Content-Transfer-Encoding: ")
                    .append(plain ? "7bit" : "base64")
                    .append('\n');
            message.append("Content-Disposition: attachment; filename=\"")
                    .append(part.name())
                    .append("\"\n\n");
            message.append(
                    plain ? part.text() : BASE64.encodeToString(part.text().getBytes(StandardCharsets.UTF_8)));
            message.append('\n');
        }
        return message.append("--").append(boundary).append("--\n").toString();
    }

    /** A line that is in none of the parts. */
    private static String boundary(List<UserDataPart> parts) {
        String boundary = "==foothold==";
        for (int number = 1; isIn(parts, boundary); number++) {
            boundary = "==foothold-" + number + "==";
        }
        return boundary;
    }

    private static boolean isIn(List<UserDataPart> parts, String boundary) {
        return parts.stream().anyMatch(part -> part.text().contains(boundary));
    }
}
