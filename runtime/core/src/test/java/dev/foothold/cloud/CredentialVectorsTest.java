package dev.foothold.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CredentialNotValidException;
import dev.foothold.event.Event;
import dev.foothold.model.ModelSettings;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Marks on failures, and what is done about denied credentials, against recorded answers. */
class CredentialVectorsTest {

    @TestFactory
    @Tag("D-28")
    @Tag("D-29")
    Stream<DynamicTest> credentialErrors() {
        return Vectors.file("credential_errors").tests(vector -> {
            switch (vector.get("op").asText()) {
                case "classify" -> classify(vector);
                case "mark_nothing" -> markNothing(vector);
                case "handle" -> handle(vector);
                case "http_status" -> httpStatus(vector);
                default -> throw new AssertionError("unknown op in " + vector);
            }
        });
    }

    private static void classify(VectorCase vector) {
        Throwable failure = failure(vector.get("error"));
        boolean credential = vector.expect("credential_not_valid").asBoolean();

        assertThat(failure == null ? null : failure.getMessage())
                .isEqualTo(vector.expect("text").textValue());
        assertThat(CredentialErrors.isCredentialNotValid(failure)).isEqualTo(credential);
        // Ours knows without a mark that no zone accepts a credential which is not valid.
        assertThat(CloudException.isZoneIndependent(failure))
                .isEqualTo(credential || vector.expect("zone_independent").asBoolean());
    }

    private static void markNothing(VectorCase vector) {
        Throwable nothing = switch (vector.get("mark").asText()) {
            case "credential_not_valid" -> CredentialNotValidException.mark(null);
            case "credential_not_validf" ->
                CredentialNotValidException.mark(null, vector.get("message").asText());
            case "zone_independent" -> CloudException.zoneIndependent(null);
            default -> throw new AssertionError("unknown mark in " + vector);
        };

        assertThat(vector.expect("error").isNull()).isTrue();
        assertThat(nothing).isNull();
    }

    private static void handle(VectorCase vector) {
        List<String> invalidatedWith = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        JsonNode isAuthError = vector.get("is_auth_error");
        Predicate<Throwable> denial = isAuthError.isBoolean()
                ? failure -> isAuthError.asBoolean()
                : failure -> "auth failure".equals(failure.getMessage());
        OperationContext context = vector.get("context").isNull()
                ? null
                : context(vector.get("context").get("invalidate").asText(), invalidatedWith, warnings);

        boolean denied = CredentialErrors.maybeHandle(denial, failure(vector.get("error")), context);

        assertThat(denied).isEqualTo(vector.expect("denied").asBoolean());
        assertThat(warnings).hasSameSizeAs(vector.expect("warnings"));
        for (int i = 0; i < warnings.size(); i++) {
            assertThat(warnings.get(i))
                    .isEqualTo(inOurWords(vector.expect("warnings").get(i).asText()));
        }
        // The sink that everybody has by default keeps no record of what it was asked for.
        boolean keepsRecord = !vector.get("context").path("invalidate").asText().equals("default");
        assertThat(keepsRecord ? invalidatedWith : texts(vector.expect("invalidated_with")))
                .isEqualTo(texts(vector.expect("invalidated_with")));
    }

    private static OperationContext context(String sink, List<String> invalidatedWith, List<String> warnings) {
        OperationContext context = OperationContext.standing(
                ModelSettings.create("prod"),
                Timeline.virtual(1),
                event -> warnings.add(((Event.CredentialNotInvalidated) event).reason()));
        return switch (sink) {
            case "default" -> context;
            case "ok" -> context.withCredentialSink(denial -> invalidatedWith.add(denial.reason()));
            default ->
                context.withCredentialSink(denial -> {
                    invalidatedWith.add(denial.reason());
                    throw new IllegalStateException(sink);
                });
        };
    }

    private static String inOurWords(String warning) {
        return warning.replace(
                        "could not invalidate stored cloud credential on the controller",
                        "the credential could not be taken out of use where it is kept")
                .replace(
                        "InvalidateCredentialCallback not implemented",
                        "nobody takes invalid credentials; see Foothold.withCredentialSink");
    }

    private static void httpStatus(VectorCase vector) {
        assertThat(CredentialErrors.AUTHORISATION_FAILURE_STATUS_CODES.contains(
                        vector.get("status").asInt()))
                .isEqualTo(vector.expect("authorisation_failure").asBoolean());
    }

    /** Builds a failure from the inside out; exceptions here say themselves what those inside said. */
    private static @Nullable Throwable failure(JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        if (json.has("plain")) {
            return new Exception(json.get("plain").asText());
        }
        if (json.has("annotate")) {
            return annotated(json.get("annotate"), failure(json.get("err")));
        }
        if (json.has("go_wrap")) {
            return annotated(json.get("go_wrap"), failure(json.get("err")));
        }
        if (json.has("trace")) {
            Throwable inner = failure(json.get("trace"));
            return new RuntimeException(inner.getMessage(), inner);
        }
        if (json.has("credential_not_valid")) {
            return CredentialNotValidException.mark(failure(json.get("credential_not_valid")));
        }
        if (json.has("new_credential_not_valid")) {
            return CredentialNotValidException.because(
                    json.get("new_credential_not_valid").asText());
        }
        if (json.has("credential_not_validf")) {
            return CredentialNotValidException.mark(
                    failure(json.get("err")), json.get("credential_not_validf").asText());
        }
        if (json.has("zone_independent")) {
            return CloudException.zoneIndependent(failure(json.get("zone_independent")));
        }
        throw new AssertionError("unknown error " + json);
    }

    private static Throwable annotated(JsonNode text, Throwable inner) {
        return new IllegalStateException(text.asText() + ": " + inner.getMessage(), inner);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
