package dev.foothold.redact;

import dev.foothold.config.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows secrets, and puts {@value #MASK} in their place wherever they are about to be shown.
 *
 * <p>A secret is found as it is, and in the forms in which programs pass it on: base64 in both alphabets, whatever stands
 * before and after it in what was encoded; percent-encoded; quoted for a shell, in JSON and in YAML. Of a secret of
 * several lines, each line of at least {@value #SHORTEST_LINE} characters is a secret, too, except the first and last
 * line of a PEM file, which everybody knows. Line breaks in what is shown are overlooked where the secret has one, after
 * at least 8 bytes of it, and after a line that has been wrapped, as {@code base64} does: one that
 * ends with 60 bytes without a blank. What remains of a secret in base64 is at most a character
 * at either end that it shares with what stands beside it.
 *
 * <p>Blanks around a secret do not belong to it. One of less than {@value #SHORTEST} bytes is not looked for: it would be
 * found in every other word. Where secrets overlap or touch, one {@value #MASK} stands for all of them.
 *
 * <p>Thread-safe. A secret is looked for from the moment it is added, also in streams that are open.
 */
public final class Redactor {

    /** Stands for a secret. */
    public static final String MASK = "(secret)";

    /** The length, in bytes of UTF-8, from which on a secret is looked for. */
    public static final int SHORTEST = 4;

    /** The length, in characters, from which on a line of a secret is one on its own. */
    public static final int SHORTEST_LINE = 8;

    private final @Nullable Redactor parent;
    private final Set<Secret> own = ConcurrentHashMap.newKeySet();
    private final AtomicLong additions = new AtomicLong();
    private final ReentrantLock building = new ReentrantLock();
    private volatile @Nullable Built built;

    /** What was made of the secrets that were known after so many additions. */
    private record Built(long version, Automaton automaton) {}

    private Redactor(@Nullable Redactor parent) {
        this.parent = parent;
    }

    /**
     * Makes a redactor that knows no secret yet.
     *
     * @return the redactor
     */
    public static Redactor create() {
        return new Redactor(null);
    }

    /**
     * Makes a redactor that knows all that this one knows and will know, and can learn more of its own: for one of
     * several pieces of work, whose secrets are forgotten with it.
     *
     * @return a new redactor
     */
    public Redactor fork() {
        return new Redactor(this);
    }

    /**
     * Adds a secret. Costs nothing if it is known already.
     *
     * @param secret what must not be shown
     */
    public void hide(Secret secret) {
        hide(List.of(secret));
    }

    /**
     * Adds secrets.
     *
     * @param secrets what must not be shown
     */
    public void hide(Collection<Secret> secrets) {
        if (own.addAll(secrets)) {
            additions.incrementAndGet();
        }
    }

    /**
     * Replaces secrets in a text.
     *
     * @param text what is to be shown
     * @return the text with {@value #MASK} for each secret; the same object if there is none
     */
    public String redact(String text) {
        if (text.length() < SHORTEST) {
            return text;
        }
        Automaton automaton = automaton();
        if (automaton.isEmpty()) {
            return text;
        }
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        RedactedStream stream = new RedactedStream(() -> automaton, shown::write);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        stream.accept(bytes, 0, bytes.length);
        stream.end();
        return stream.hasFound() ? shown.toString(StandardCharsets.UTF_8) : text;
    }

    /**
     * Replaces secrets in a stream of bytes, which is text in UTF-8 or anything else.
     *
     * @param sink takes what may be shown
     * @return the stream; for one thread at a time
     */
    public RedactedStream stream(ByteSink sink) {
        return new RedactedStream(this::automaton, sink);
    }

    /**
     * Says how many secrets there are, and nothing about them.
     *
     * @return for example {@code Redactor[3 secrets]}
     */
    @Override
    public String toString() {
        return "Redactor[" + secrets().size() + " secrets]";
    }

    private Automaton automaton() {
        if (parent != null && own.isEmpty()) {
            return parent.automaton();
        }
        Built last = built;
        // First the number: secrets that are added meanwhile make it a new one.
        long version = version();
        if (last != null && last.version() == version) {
            return last.automaton();
        }
        building.lock();
        try {
            version = version();
            last = built;
            if (last == null || last.version() != version) {
                last = new Built(
                        version,
                        Automaton.of(secrets().stream()
                                .flatMap(secret -> SecretForms.of(secret).stream())
                                .collect(Collectors.toSet())));
                built = last;
            }
            return last.automaton();
        } finally {
            building.unlock();
        }
    }

    private long version() {
        return additions.get() + (parent == null ? 0 : parent.version());
    }

    private Set<Secret> secrets() {
        Set<Secret> all = new LinkedHashSet<>(own);
        if (parent != null) {
            all.addAll(parent.secrets());
        }
        return all;
    }
}
