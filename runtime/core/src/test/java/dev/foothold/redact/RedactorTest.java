package dev.foothold.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.config.Secret;
import dev.foothold.ssh.SshKeyPair;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In which forms a secret is found, and what stays as it is. */
class RedactorTest {

    private static final String PASSWORD = "p4ss>w?rd/~'\"$&\\ü";

    private final Redactor redactor = Redactor.create();

    @Test
    void aSecretIsReplacedByAFixedWord() {
        redactor.hide(Secret.of("hunter2hunter2"));

        assertThat(redactor.redact("login with hunter2hunter2!")).isEqualTo("login with (secret)!");
    }

    @Test
    void whatHoldsNoSecretIsTheSameObject() {
        redactor.hide(Secret.of("hunter2"));
        String text = "nothing \uD800 to see, hunter1";

        assertThat(redactor.redact(text)).isSameAs(text);
    }

    @Test
    void withoutSecretsNothingIsReplaced() {
        assertThat(redactor.redact("anything")).isEqualTo("anything");
    }

    static Stream<String> forms() {
        Base64.Encoder plain = Base64.getEncoder();
        Base64.Encoder url = Base64.getUrlEncoder();
        return Stream.of(
                PASSWORD,
                URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8),
                "p4ss%3Ew%3Frd%2F~%27%22%24%26%5C%C3%BC", // Python: quote(s, safe="")
                "p4ss%3ew%3frd%2f~%27%22%24%26%5c%c3%bc",
                "p4ss%3Ew%3Frd/~%27%22%24%26%5C%C3%BC", // Python: quote(s)
                "p4ss%3Ew%3Frd%2F~'%22%24%26%5C%C3%BC", // JavaScript: encodeURIComponent(s)
                "'p4ss>w?rd/~'\\''\"$&\\ü'", // bash: set -x
                "'p4ss>w?rd/~'\"'\"'\"$&\\ü'", // Python: shlex.quote(s)
                "p4ss\\>w\\?rd/\\~\\'\\\"\\$\\&\\\\ü", // bash: printf %q
                "\"p4ss>w?rd/~'\\\"\\$&\\\\ü\"",
                "$'p4ss>w?rd/~\\'\"$&\\\\ü'",
                "\"p4ss>w?rd/~'\\\"$&\\\\ü\"", // JavaScript: JSON.stringify(s)
                "\"p4ss>w?rd/~'\\\"$&\\\\\\u00fc\"", // Python: json.dumps(s)
                "\"p4ss\\u003ew?rd/~'\\\"$\\u0026\\\\ü\"", // Go: json.Marshal(s)
                "\"p4ss\\u003ew?rd/~\\u0027\\\"$\\u0026\\\\ü\"", // Gson
                "\"p4ss>w?rd\\/~'\\\"$&\\\\ü\"", // PHP with JSON_UNESCAPED_UNICODE
                "'p4ss>w?rd/~''\"$&\\ü'", // YAML
                plain.encodeToString(bytes(PASSWORD)),
                plain.withoutPadding().encodeToString(bytes(PASSWORD)),
                plain.encodeToString(bytes(PASSWORD + "\n")),
                url.encodeToString(bytes(PASSWORD)),
                url.withoutPadding().encodeToString(bytes(PASSWORD)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormIsReplacedAsAWhole(String form) {
        redactor.hide(Secret.of(PASSWORD));
        String quotes = "^(\\$?'|\")(.*)('|\")$";

        assertThat(redactor.redact("x " + form + " y"))
                .isIn(
                        "x (secret) y",
                        "x " + form.replaceFirst(quotes, "$1(secret)$3").replace(form, "(secret)") + " y");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void inBase64_whatStandsBesideItDoesNotHideASecret(int before) {
        redactor.hide(Secret.of(PASSWORD));
        byte[] around = bytes("user:".substring(5 - Math.min(before, 5)) + PASSWORD + "@host and more");

        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            String encoded = encoder.encodeToString(around);
            String shown = redactor.redact(encoded);

            assertThat(shown).contains(Redactor.MASK);
            // At most one character at either end has bits of both.
            assertThat(shown.length() - Redactor.MASK.length())
                    .isLessThanOrEqualTo(encoded.length() - bytes(PASSWORD).length * 8 / 6 + 2);
            assertThat(new String(decoded(encoder, shown.replace(Redactor.MASK, "")), StandardCharsets.UTF_8))
                    .doesNotContain(PASSWORD.substring(1, 4));
        }
    }

    private static byte[] decoded(Base64.Encoder encoder, String text) {
        String whole = text.replace("=", "");
        whole = whole.substring(0, whole.length() - (whole.length() % 4 == 1 ? 1 : 0));
        return "-_".chars().anyMatch(c -> text.indexOf(c) >= 0) || encoder == Base64.getUrlEncoder()
                ? Base64.getUrlDecoder().decode(whole)
                : Base64.getDecoder().decode(whole);
    }

    @Test
    void aSecretThatIsTooShortIsNotLookedFor() {
        redactor.hide(Secret.of("abc"));
        redactor.hide(Secret.of(" a\nb\nc "));
        redactor.hide(Secret.of("   "));

        assertThat(redactor.redact("abc abc   ")).isEqualTo("abc abc   ");
    }

    @Test
    void blanksAroundDoNotBelongToASecret() {
        redactor.hide(Secret.of(" token-from-file\n"));

        assertThat(redactor.redact("<token-from-file>")).isEqualTo("<(secret)>");
    }

    @Test
    void ofOverlappingSecretsNothingIsShown() {
        redactor.hide(List.of(Secret.of("abcdef"), Secret.of("defghi"), Secret.of("cdef"), Secret.of("xyzw")));

        assertThat(redactor.redact("-abcdefghi-cdef-abcdefxyzw-")).isEqualTo("-(secret)-(secret)-(secret)-");
    }

    @Test
    void aKeyIsFoundAsAWholeAndInLines() {
        String key = SshKeyPair.generate("me").privateKeyText();
        redactor.hide(Secret.of(key));
        List<String> inner = key.lines().filter(line -> !line.startsWith("-")).toList();

        assertThat(redactor.redact("<" + key.strip() + ">")).isEqualTo("<(secret)>");
        assertThat(redactor.redact("<" + key.strip().replace("\n", "\r\n") + ">"))
                .isEqualTo("<(secret)>");
        assertThat(redactor.redact("<" + key.strip().replace("\n", "\\n") + ">"))
                .isEqualTo("<(secret)>");
        String indented = redactor.redact(key.indent(4));
        assertThat(inner).allSatisfy(line -> assertThat(indented).doesNotContain(line));
        assertThat(redactor.redact(Base64.getEncoder().encodeToString(bytes(key))))
                .isEqualTo("(secret)");
    }

    @Test
    void theMarkersOfAKeyFileAreNoSecret() {
        redactor.hide(Secret.of(SshKeyPair.generate("me").privateKeyText()));

        assertThat(redactor.redact("expected -----BEGIN OPENSSH PRIVATE KEY-----"))
                .isEqualTo("expected -----BEGIN OPENSSH PRIVATE KEY-----");
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 64, 70, 76})
    void whereBase64IsWrapped_theSecretIsFound(int width) {
        String secret = "correct horse battery staple, 2026";
        redactor.hide(Secret.of(secret));

        for (int before = 0; before < 80; before++) {
            String wrapped = Base64.getMimeEncoder(width, bytes("\n"))
                    .encodeToString(bytes("x".repeat(before) + secret + "y".repeat(80)));
            String shown = redactor.redact(wrapped);
            assertThat(shown).as("with %d before", before).contains(Redactor.MASK);
            String left = shown.replace(Redactor.MASK, "").replace("\n", "");
            assertThat(left.length())
                    .as("with %d before: %s", before, shown)
                    .isLessThanOrEqualTo(wrapped.replace("\n", "").length() - secret.length() * 8 / 6 + 2);
        }
    }

    @Test
    void aForkKnowsAllThatItsOriginalKnows_andKeepsItsOwnToItself() {
        redactor.hide(Secret.of("first-secret"));
        Redactor fork = redactor.fork();
        assertThat(fork.redact("first-secret")).isEqualTo("(secret)");
        fork.hide(Secret.of("own-secret"));
        assertThat(fork.redact("first-secret own-secret later-secret")).isEqualTo("(secret) (secret) later-secret");
        redactor.hide(Secret.of("later-secret"));

        assertThat(fork.redact("first-secret own-secret later-secret")).isEqualTo("(secret) (secret) (secret)");
        assertThat(redactor.redact("first-secret own-secret later-secret")).isEqualTo("(secret) own-secret (secret)");
    }

    @Test
    void itSaysNothingOfWhatItKnows() {
        redactor.hide(Secret.of("hunter2"));

        assertThat(redactor).hasToString("Redactor[1 secrets]");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
