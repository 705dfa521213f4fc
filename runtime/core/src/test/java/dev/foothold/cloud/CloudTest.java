package dev.foothold.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class CloudTest {

    private final ModelSettings model = ModelSettings.create("prod");
    private final Owner owner = model.owner();
    private final List<Event> events = new ArrayList<>();
    private final FailingEnviron environ = new FailingEnviron();
    private final Cloud cloud = guard(List.of());

    private Cloud guard(List<Interceptor> interceptors) {
        return Cloud.guard(environ, model, interceptors, Timeline.virtual(1), events::add);
    }

    @Test
    void whatAnEnvironThrowsSaysWhatWasAskedFor() {
        environ.failure = new IOException("connection reset");

        assertThatThrownBy(() -> cloud.stopInstances(List.of(InstanceId.of("i-1"), InstanceId.of("i-2"))))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OTHER))
                .hasMessage("stopInstances i-1, i-2: connection reset")
                .hasRootCause(environ.failure);
    }

    @Test
    void theEnvironSaysWhatItsFailuresMean() {
        environ.failure = new IOException("HTTP 429");
        environ.meaning = new CloudException(Kind.THROTTLED, "slow down", environ.failure)
                .withRetryAfter(Duration.ofSeconds(7))
                .withRequestId("r-1");

        assertThatThrownBy(cloud::allInstances)
                .isInstanceOfSatisfying(CloudException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.THROTTLED);
                    assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
                    assertThat(e.requestId()).contains("r-1");
                })
                .hasRootCause(environ.failure);
    }

    @Test
    void aKindDeepInTheChainIsFound() {
        environ.failure = new IOException("wrapped", new CloudException(Kind.QUOTA, "no more"));

        assertThatThrownBy(cloud::allInstances)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.kind()).isEqualTo(Kind.QUOTA));
    }

    @Test
    void interruptionPassesUnchanged() {
        environ.failure = new InterruptedException("enough");

        assertThatThrownBy(cloud::allInstances).isSameAs(environ.failure);
    }

    @Test
    void aFailureWhileInterruptedCountsAsInterruption() {
        environ.failure = new IOException("closed by interrupt");
        Thread.currentThread().interrupt();

        assertThatThrownBy(cloud::allInstances)
                .isInstanceOf(InterruptedException.class)
                .hasCause(environ.failure);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aClassifierThatFailsDoesNotHideTheFailure() {
        environ.failure = new IOException("the cause");
        environ.classifierFailure = new IllegalStateException("the classifier is broken");

        assertThatThrownBy(cloud::allInstances)
                .hasRootCause(environ.failure)
                .satisfies(e -> assertThat(environ.failure.getSuppressed()).containsExactly(environ.classifierFailure));
    }

    @Test
    void aNullAnswerIsTheEnvironsFault() {
        environ.answer = null;

        assertThatThrownBy(cloud::allInstances)
                .isInstanceOf(CloudException.class)
                .hasMessageContaining("allInstances: the environ returned null");
    }

    @Test
    void instancesThatLackOneOfTheOwnersTagsAreNotSeen() throws Exception {
        Instance ours =
                Instance.of("ours", InstanceStatus.RUNNING).tagged(owner.tags().with("more", "tags"));
        Instance half = Instance.of("half", InstanceStatus.RUNNING)
                .tagged(Tags.of(Owner.MODEL_UUID, owner.modelUuid().toString()));
        Instance bare = Instance.of("bare", InstanceStatus.RUNNING);
        environ.answer = List.of(half, ours, bare);

        assertThat(cloud.allInstances()).containsExactly(ours);
        assertThat(cloud.allRunningInstances()).containsExactly(ours);
        assertThat(cloud.instances(List.of(ours.id()))).isEqualTo(Map.of(ours.id(), ours));
    }

    @Test
    void everyCallPassesThroughTheInterceptorsOutermostFirst() throws Exception {
        List<String> order = new ArrayList<>();
        environ.answer = List.of();

        guard(List.of(noting("first", order), noting("second", order))).allInstances();

        assertThat(order).containsExactly("first allInstances", "second allInstances");
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.CallEnded.class,
                        event -> assertThat(event.operation()).isEqualTo("allInstances"));
    }

    @Test
    void interceptorsSeeTheMeaning() {
        environ.failure = new IOException("HTTP 429");
        environ.meaning = new CloudException(Kind.THROTTLED, "slow down", environ.failure);
        List<Exception> seen = new ArrayList<>();
        Interceptor watching = new Interceptor() {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                try {
                    return next.call();
                } catch (Exception e) {
                    seen.add(e);
                    throw e;
                }
            }
        };

        assertThatThrownBy(() -> guard(List.of(watching)).allInstances()).isInstanceOf(CloudException.class);
        assertThat(CloudException.find(seen.get(0))).map(CloudException::kind).contains(Kind.THROTTLED);
    }

    private static Interceptor noting(String name, List<String> order) {
        return new Interceptor() {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                order.add(name + " " + call.operation());
                return next.call();
            }
        };
    }

    private static final class FailingEnviron implements Environ {

        private Exception failure;
        private CloudException meaning;
        private RuntimeException classifierFailure;
        private List<Instance> answer;

        @Override
        public Instance startInstance(StartInstanceParams params) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stopInstance(InstanceId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws Exception {
            throw failure;
        }

        @Override
        public List<Instance> allInstances(Tags owner) throws Exception {
            if (failure != null) {
                throw failure;
            }
            return answer;
        }

        @Override
        public Optional<CloudException> classify(Exception thrown) {
            if (classifierFailure != null) {
                throw classifierFailure;
            }
            return Optional.ofNullable(meaning);
        }
    }
}
