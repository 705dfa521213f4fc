package dev.foothold.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.CredentialNotValidException;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an author's client throws: it becomes one failure that says what it means, and loses and shows nothing. */
class ClassificationTest {

    private final List<Event> events = new ArrayList<>();
    private Exception thrown = new IOException("unset");
    private Function<Exception, Optional<CloudException>> classifier = failure -> Optional.empty();
    private final Cloud cloud = Cloud.guard(
            new ThrowingEnviron(),
            OperationContext.standing(ModelSettings.create("prod"), Timeline.virtual(1), events::add),
            Duration.ZERO,
            List.of());

    private CloudException failure() {
        return catchThrowableOfType(CloudException.class, cloud::allInstances);
    }

    @Test
    void aFailureWithoutAMessageSaysItsTypeAndWhatLedToIt() {
        thrown = new ConnectException();
        assertThat(failure()).hasMessage("allInstances: ConnectException");

        thrown = (Exception) new ConnectException().initCause(new ClosedChannelException());
        assertThat(failure()).hasMessage("allInstances: ConnectException: ClosedChannelException");

        thrown = (Exception) new ConnectException().initCause(new IOException("no route to host"));
        assertThat(failure()).hasMessage("allInstances: ConnectException: no route to host");
    }

    @Test
    void theMeaningIsWhatTheAuthorSays() {
        thrown = new IOException("{\"code\": 1017}");
        classifier = failure -> Optional.of(new CloudException(Kind.QUOTA, "no more than ten instances", failure));

        assertThat(failure())
                .hasMessage("allInstances: no more than ten instances")
                .hasRootCause(thrown);
    }

    @Test
    void aMeaningThatForgetsItsCauseKeepsItAllTheSame() {
        CloudException shared = new CloudException(Kind.QUOTA, "no more");
        classifier = failure -> Optional.of(shared);

        assertThat(failure().getSuppressed()).containsExactly(thrown);
        assertThat(shared.getSuppressed()).isEmpty();
    }

    @Test
    void aKindAndItsDetailsAreFoundThroughEveryWrapper() {
        CloudException inner = new CloudException(Kind.THROTTLED, "slow down")
                .withRetryAfter(Duration.ofSeconds(9))
                .withAction("compute.list")
                .withRequestId("r-1");
        thrown = new ExecutionException("future", new CompletionException("stage", inner));

        CloudException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(9));
        assertThat(failure.action()).contains("compute.list");
        assertThat(failure.requestId()).contains("r-1");
        assertThat(CloudException.causes(failure)).contains(thrown, inner);
    }

    @Test
    void detailsSurviveMarksAndOtherCloudExceptionsAroundThem() {
        CloudException inner = new CloudException(Kind.NOT_AUTHORISED, "no")
                .withRetryAfter(Duration.ofSeconds(9))
                .withAction("compute.list")
                .withRequestId("inner");
        CloudException outer = new CloudException(
                        Kind.OTHER, "listing", CredentialNotValidException.mark(CloudException.zoneIndependent(inner)))
                .withRequestId("outer");

        assertThat(outer.retryAfter()).contains(Duration.ofSeconds(9));
        assertThat(outer.action()).contains("compute.list");
        assertThat(outer.requestId()).contains("outer");
    }

    @Test
    void suppressedFailuresAreKept() {
        IOException closing = new IOException("and closing failed");
        thrown.addSuppressed(closing);

        assertThat(CloudException.causes(failure()).flatMap(link -> List.of(link.getSuppressed()).stream()))
                .containsExactly(closing);
    }

    @Test
    void aClassifierThatFailsOrAnswersNullDoesNotHideTheFailure() {
        classifier = failure -> {
            throw new IllegalStateException("broken");
        };
        assertThat(failure()).hasMessage("allInstances: unset").hasRootCause(thrown);

        classifier = failure -> null;
        assertThat(failure()).hasMessage("allInstances: unset").hasRootCause(thrown);
        assertThat(thrown.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("broken", "the environ returned null, which it must never do");
    }

    @Test
    void aClassifierThatRethrowsWhatItWasShownIsNoHarm() {
        thrown = new IllegalStateException("as it is");
        classifier = failure -> {
            throw (RuntimeException) failure;
        };

        assertThat(failure()).hasMessage("allInstances: as it is");
        assertThat(thrown.getSuppressed()).isEmpty();
    }

    @Test
    void anErrorOfAClassifierPassesAndCarriesTheFailure() {
        NoClassDefFoundError error = new NoClassDefFoundError("acme/ApiError");
        classifier = failure -> {
            throw error;
        };

        assertThatThrownBy(cloud::allInstances)
                .isSameAs(error)
                .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(thrown));
    }

    @Test
    void chainsThatBiteTheirTailEnd() {
        IOException first = new IOException("first");
        IOException second = new IOException("second", first);
        first.initCause(second);
        thrown = second;
        assertThat(failure()).hasMessage("allInstances: second");

        classifier = failure -> Optional.of(new CloudException(Kind.QUOTA, "no more", first));
        CloudException failure = failure();
        assertThat(failure.kind()).isEqualTo(Kind.QUOTA);
        assertThat(CloudException.isZoneIndependent(failure)).isFalse();
        assertThat(CredentialErrors.isCredentialNotValid(failure)).isFalse();
    }

    @Test
    void anInterruptThatAClientHasWrappedIsAnInterrupt() {
        InterruptedException interruption = new InterruptedException();
        thrown = new IllegalStateException("client", new IOException("interrupted", interruption));

        assertThatThrownBy(cloud::allInstances)
                .isInstanceOf(InterruptedException.class)
                .hasMessage("allInstances was interrupted")
                .hasCause(thrown);
    }

    @ParameterizedTest
    @CsvSource({
        "GET https://joe:s3cret@acme.example/v1 failed, GET https://***@acme.example/v1 failed",
        "GET https://acme.example/v1?x=1&token=s3cret&y=2 failed, GET https://acme.example/v1?x=1&token=***&y=2 failed",
        "X-Amz-Signature=s3cret&X-Amz-Date=today, X-Amz-Signature=***&X-Amz-Date=today",
        "'request headers: {Authorization: Bearer s3cret.s3cret}', 'request headers: {Authorization: Bearer ***}'",
        "sent Bearer s3cret-s3cret to it, sent Bearer *** to it",
        "'{\"user\": \"joe\", \"password\": \"s3cret\"}', '{\"user\": \"joe\", \"password\": \"***\"}'",
        "'login with client_secret=\"s3cret word\" failed', 'login with client_secret=*** failed'"
    })
    void secretsThatClientsPutIntoTheirMessagesAreShownNowhere(String message, String masked) {
        thrown = new IOException(message, new IllegalStateException("caused by " + message));
        thrown.addSuppressed(new IllegalStateException("suppressed " + message));

        CloudException failure = failure();

        assertThat(failure).hasMessage("allInstances: " + masked);
        assertThat(stackTrace(failure))
                .doesNotContain("s3cret")
                .contains("java.io.IOException: " + masked)
                .contains("caused by " + masked)
                .contains("suppressed " + masked);
        assertThat(events.toString()).doesNotContain("s3cret").contains(masked);
    }

    @Test
    void whatAFailureMeansSurvivesTheMaskingOfItsText() {
        thrown = CredentialNotValidException.mark(CloudException.zoneIndependent(
                new CloudException(Kind.THROTTLED, "https://joe:s3cret@acme.example said no")
                        .withRetryAfter(Duration.ofSeconds(9))
                        .withAction("compute.list")
                        .withRequestId("r-1")));

        CloudException failure = failure();

        assertThat(stackTrace(failure)).doesNotContain("s3cret");
        assertThat(CredentialErrors.isCredentialNotValid(failure)).isTrue();
        assertThat(CloudException.isZoneIndependent(failure)).isTrue();
        assertThat(CloudException.sameCallMayHelp(failure)).isTrue();
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(9));
        assertThat(failure.action()).contains("compute.list");
        assertThat(failure.requestId()).contains("r-1");
    }

    @Test
    void longMessagesAreLookedThroughInNoTime() {
        String message = "token-".repeat(40_000) + "{\"secret\": \"" + "\\\"s3cret".repeat(1_000) + "\"}";

        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(FailureText.masked(message)).doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the token expired at noon",
                "invalid token: expired",
                "password authentication failed for user joe",
                "GET https://acme.example/v1/instances?zone=a failed",
                "basic validation failed"
            })
    void whatIsNoSecretIsLeftAsItIs(String message) {
        thrown = new IOException(message);

        assertThat(failure()).hasMessage("allInstances: " + message).hasRootCause(thrown);
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private final class ThrowingEnviron implements Environ {

        @Override
        public List<Instance> allInstances(Tags owner) throws Exception {
            throw thrown;
        }

        @Override
        public Optional<CloudException> classify(Exception failure) {
            return classifier.apply(failure);
        }

        @Override
        public Instance startInstance(StartInstanceParams params) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stopInstance(InstanceId id) {
            throw new UnsupportedOperationException();
        }
    }
}
