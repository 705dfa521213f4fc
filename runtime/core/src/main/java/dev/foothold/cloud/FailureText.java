package dev.foothold.cloud;

import dev.foothold.environ.CloudException;
import dev.foothold.redact.Redactor;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Says in words what failed, without what clients put into their messages that nobody may read: secrets that are known,
 * and what looks like one.
 */
final class FailureText {

    private static final String MASK = "***";

    /** Bounded, so that no message, however long, takes long to look through. */
    private static final String SECRET_WORD =
            "[\\w.-]{0,40}(?:password|passwd|passphrase|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|signature)"
                    + "[\\w.-]{0,40}";

    /** What a token looks like, unlike a word. */
    private static final String TOKEN = "(?=[\\w+/.~:-]{0,200}[0-9=])[\\w+/=.~:-]{8,}";

    /** {@code https://user:password@host} */
    private static final Pattern IN_AUTHORITY = Pattern.compile("(?i)(\\b[a-z][a-z0-9+.-]{0,20}://)[^\\s/@?#]+@");

    /** {@code Authorization: Bearer eyJ…} */
    private static final Pattern IN_HEADER =
            Pattern.compile("(?i)(\\bauthorization\"?\\s*[:=]\\s*\"?(?:[a-z][\\w-]*\\s+)?)" + TOKEN);

    /** {@code Bearer eyJ…} */
    private static final Pattern AFTER_SCHEME = Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)" + TOKEN);

    /** {@code ?token=abc}, {@code password='abc'} */
    private static final Pattern IN_ASSIGNMENT = Pattern.compile("(?i)(\\b" + SECRET_WORD + "=)(?!"
            + Pattern.quote(Redactor.MASK) + ")(?:\"[^\"]*\"|'[^']*'|[^\\s&,;\"')\\]}]+)");

    /** {@code "password": "abc"} */
    private static final Pattern IN_JSON =
            Pattern.compile("(?i)(\"" + SECRET_WORD + "\"\\s*:\\s*\")[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+");

    private FailureText() {}

    /** Gives the first message in the chain of causes without the secrets that are known. */
    static String of(Throwable failure, Redactor redactor) {
        return of(failure, text -> masked(text, redactor));
    }

    /** Gives the first message in the chain of causes; types stand for messages that are not there. */
    static String of(Throwable failure) {
        return of(failure, FailureText::masked);
    }

    private static String of(Throwable failure, UnaryOperator<String> mask) {
        StringJoiner text = new StringJoiner(": ");
        for (Throwable link : CloudException.causes(failure).toList()) {
            String message = link.getMessage();
            if (message != null && !message.isBlank()) {
                return text.add(mask.apply(message)).toString();
            }
            text.add(link.getClass().getSimpleName());
        }
        return text.toString();
    }

    /** Blots out secrets that are known, then what looks like one; in this order, as that may see only half of a secret. */
    static String masked(String text, Redactor redactor) {
        return masked(redactor.redact(text));
    }

    /** Blots out what looks like a secret. */
    static String masked(String text) {
        String masked = IN_AUTHORITY.matcher(text).replaceAll("$1" + MASK + "@");
        masked = IN_HEADER.matcher(masked).replaceAll("$1" + MASK);
        masked = AFTER_SCHEME.matcher(masked).replaceAll("$1" + MASK);
        masked = IN_ASSIGNMENT.matcher(masked).replaceAll("$1" + MASK);
        return IN_JSON.matcher(masked).replaceAll("$1" + MASK);
    }
}
