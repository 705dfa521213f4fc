package dev.foothold.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.CredentialNotValidException;
import dev.foothold.environ.CredentialOutcome;
import dev.foothold.environ.CredentialProbe;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.testing.Seeds;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CredentialErrorsTest {

    private static final String CONCLUSION_INVALID = "the cloud does not accept the credential: replace it";

    private Timeline timeline = Timeline.virtual(1);
    private final List<Event> events = new ArrayList<>();
    private final List<CredentialDenial> invalidated = new ArrayList<>();
    private final DenyingEnviron environ = new DenyingEnviron();
    private final ProbedEnviron probed = new ProbedEnviron();

    private Cloud guard(Environ author) {
        return guard(author, invalidated::add);
    }

    private Cloud guard(Environ author, CredentialSink sink) {
        return Cloud.guard(
                author,
                OperationContext.standing(ModelSettings.create("prod"), timeline, events::add)
                        .withCredentialSink(sink),
                Throttling.DEFAULT_BUDGET,
                List.of());
    }

    private CloudException denied(Environ author) {
        return catchThrowableOfType(CloudException.class, () -> guard(author).allInstances());
    }

    private List<CredentialOutcome> toldOutcomes() {
        return events.stream()
                .filter(Event.CredentialDenied.class::isInstance)
                .map(event -> ((Event.CredentialDenied) event).outcome())
                .toList();
    }

    @Test
    void anInvalidCredentialIsTakenOutOfUse_withReasonActionAndRequest() {
        environ.denial = new CloudException(Kind.CREDENTIAL_INVALID, "who are you?")
                .withAction("compute.list")
                .withRequestId("r-1");

        CloudException failure = denied(environ);

        assertThat(failure)
                .isInstanceOf(CredentialNotValidException.class)
                .hasMessage("allInstances: who are you? (request r-1); " + CONCLUSION_INVALID)
                .hasRootCause(environ.denial);
        assertThat(failure.requestId()).contains("r-1");
        assertThat(invalidated)
                .containsExactly(
                        new CredentialDenial("cloud denied access: allInstances: who are you?", "compute.list", "r-1"));
        assertThat(toldOutcomes()).containsExactly(CredentialOutcome.INVALID);
    }

    @Test
    void anExpiredCredentialIsNotTakenOutOfUse_itIsToBeRenewed() {
        environ.denial = new CloudException(Kind.CREDENTIAL_EXPIRED, "that was yesterday");

        assertThat(denied(environ))
                .hasMessage("allInstances: that was yesterday; the credential has expired: renew it")
                .extracting(CloudException::kind)
                .isEqualTo(Kind.CREDENTIAL_EXPIRED);
        assertThat(invalidated).isEmpty();
    }

    @Test
    void aMissingPermissionDoesNotTakeTheCredentialOutOfUse_theActionIsToBeGranted() {
        environ.denial = new CloudException(Kind.NOT_AUTHORISED, "forbidden").withAction("compute.instances.list");

        assertThat(denied(environ))
                .hasMessage("allInstances: forbidden; the credential is good, but not for this:"
                        + " grant it the action compute.instances.list")
                .extracting(CloudException::kind)
                .isEqualTo(Kind.NOT_AUTHORISED);
        assertThat(invalidated).isEmpty();
    }

    @Test
    void withoutAnActionTheCallIsNamed() {
        environ.denial = new CloudException(Kind.NOT_AUTHORISED, "forbidden");

        assertThat(denied(environ)).hasMessageEndingWith("grant it what allInstances needs");
    }

    @Test
    void aDenialThatDoesNotSayWhyDoesNotTakeTheCredentialOutOfUse() {
        environ.denial = new CloudException(Kind.ACCESS_DENIED, "403");

        assertThat(denied(environ))
                .hasMessage("allInstances: 403; the credential or a permission is at fault: check both");
        assertThat(invalidated).isEmpty();
        assertThat(toldOutcomes()).containsExactly(CredentialOutcome.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CREDENTIAL_INVALID", "CREDENTIAL_EXPIRED", "NOT_AUTHORISED", "ACCESS_DENIED", "THROTTLED"},
            mode = EnumSource.Mode.EXCLUDE)
    void otherFailuresAreNotAboutTheCredential(Kind kind) {
        probed.denial = new CloudException(kind, "something else");

        assertThat(denied(probed)).hasMessage("allInstances: something else");
        assertThat(toldOutcomes()).isEmpty();
        assertThat(probed.probes).isZero();
    }

    @Test
    @Tag("D-29")
    void callsThatGoWellAskForNothing() throws Exception {
        assertThat(guard(probed).allInstances()).isEmpty();
        assertThat(CredentialErrors.maybeHandle(failure -> true, null, null)).isFalse();
        assertThat(CredentialErrors.isCredentialNotValid(null)).isFalse();
        assertThat(probed.probes).isZero();
    }

    @Test
    @Tag("D-28")
    void marksOfTwoKindsSurviveEachOtherAndEveryWrapper() {
        for (Throwable both : List.of(
                CloudException.zoneIndependent(CredentialNotValidException.mark(new IOException("denied"))),
                CredentialNotValidException.mark(CloudException.zoneIndependent(new IOException("denied"))))) {
            environ.denial = new IllegalStateException("client", new RuntimeException("wrapper", both));

            CloudException failure = denied(environ);

            assertThat(CredentialErrors.isCredentialNotValid(failure)).isTrue();
            assertThat(CloudException.isZoneIndependent(failure)).isTrue();
            assertThat(failure).isInstanceOf(CredentialNotValidException.class);
        }
    }

    @Test
    @Tag("D-28")
    void theExplicitMarkAboutZonesIsSeenThroughTheOneAboutTheCredential() {
        Throwable perZone = CredentialNotValidException.mark(
                CloudException.zoneIndependent(new IOException("this zone has its own accounts"))
                        .zoneIndependent(false));

        assertThat(CloudException.isZoneIndependent(perZone)).isFalse();
        assertThat(CredentialErrors.isCredentialNotValid(perZone)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CREDENTIAL_INVALID", "ACCESS_DENIED"})
    void aProbeThatGoesWellShowsThatOnlyTheActionWasDenied(Kind kind) {
        probed.denial = new CloudException(kind, "denied").withRequestId("r-1");

        CloudException failure = denied(probed);

        assertThat(failure.kind()).isEqualTo(Kind.NOT_AUTHORISED);
        assertThat(failure)
                .hasMessageContaining("grant it what allInstances needs")
                .hasRootCause(probed.denial);
        assertThat(CredentialErrors.isCredentialNotValid(failure)).isFalse();
        assertThat(invalidated).isEmpty();
        assertThat(toldOutcomes()).containsExactly(CredentialOutcome.NOT_AUTHORISED);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CREDENTIAL_INVALID", "ACCESS_DENIED"})
    void aProbeThatIsDeniedConfirmsThatTheCredentialIsNotValid(Kind kind) {
        probed.denial = new CloudException(kind, "denied");
        probed.probeFailure = new CredentialNotValidException("no such user");

        CloudException failure = denied(probed);

        assertThat(failure).isInstanceOf(CredentialNotValidException.class);
        assertThat(failure.getSuppressed()[0]).hasMessageContaining("no such user");
        assertThat(invalidated)
                .extracting(CredentialDenial::reason)
                .containsExactly("cloud denied access: allInstances: denied");
        assertThat(probed.probes).isEqualTo(1);
    }

    @Test
    void aProbeThatFindsTheCredentialExpiredSaysSo() {
        probed.denial = new CloudException(Kind.ACCESS_DENIED, "403");
        probed.probeFailure = new CloudException(Kind.CREDENTIAL_EXPIRED, "token is from yesterday");

        assertThat(denied(probed).kind()).isEqualTo(Kind.CREDENTIAL_EXPIRED);
        assertThat(invalidated).isEmpty();
    }

    @Test
    void aProbeThatFailsForAnotherReasonLeavesTheCredentialInUse() {
        probed.denial = new CloudException(Kind.CREDENTIAL_INVALID, "denied");
        probed.probeFailure = new IOException("no route to host");

        CloudException failure = denied(probed);

        assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
        assertThat(failure)
                .hasMessageContainingAll("denied", "check both", "the probe did not tell", "no route to host");
        assertThat(failure.getSuppressed()[0]).hasMessage("probeCredential: no route to host");
        assertThat(invalidated).isEmpty();
        assertThat(toldOutcomes()).containsExactly(CredentialOutcome.UNKNOWN);
    }

    @Test
    void aProbeThatHangsIsGivenUp() {
        Instant start = timeline.now();
        probed.denial = new CloudException(Kind.CREDENTIAL_INVALID, "denied");
        probed.probeTakes = Duration.ofHours(1);

        CloudException failure = denied(probed);

        assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
        assertThat(failure).hasMessageContaining("probe the credential");
        assertThat(timeline.now()).isEqualTo(start.plusSeconds(30));
    }

    @Test
    void aProbeThatIsThrottledIsMadeAgain() {
        probed.denial = new CloudException(Kind.CREDENTIAL_INVALID, "denied");
        probed.throttledProbes = 2;

        assertThat(denied(probed).kind()).isEqualTo(Kind.NOT_AUTHORISED);
        assertThat(probed.probes).isEqualTo(3);
    }

    @Test
    void aProbeMadeByHandIsItsOwnConfirmation() {
        probed.probeFailure = new CredentialNotValidException("no such user");

        assertThatThrownBy(() -> guard(probed).credentialProbe().orElseThrow().probeCredential())
                .isInstanceOf(CredentialNotValidException.class)
                .hasMessageEndingWith(CONCLUSION_INVALID);
        assertThat(probed.probes).isEqualTo(1);
        assertThat(invalidated)
                .extracting(CredentialDenial::reason)
                .containsExactly("cloud denied access: probeCredential: no such user");
    }

    @Test
    void callsThatAreDeniedAtTheSameTimeShareOneProbe() {
        Seeds.forEach(50, seed -> {
            timeline = Timeline.virtual(seed);
            ProbedEnviron author = new ProbedEnviron();
            author.denial = new CloudException(Kind.ACCESS_DENIED, "403");
            author.probeTakes = Duration.ofMillis(300);
            invalidated.clear();
            Cloud cloud = guard(author);
            List<Task<List<Instance>>> calls = new ArrayList<>();
            try (Scope scope = timeline.open("test", Duration.ofMinutes(1))) {
                for (int i = 0; i < 10; i++) {
                    Duration late = Duration.ofMillis(10L * i);
                    calls.add(scope.fork("call " + i, () -> {
                        timeline.sleep(late);
                        return cloud.allInstances();
                    }));
                }
                author.probeFailure = new CredentialNotValidException("no such user");
                scope.awaitAll();
            }
            assertThat(author.most).isEqualTo(1);
            // Those that were sent before it began share the first; the few that came later may share another.
            assertThat(author.probes).isBetween(1, 2);
            assertThat(calls)
                    .allSatisfy(call ->
                            assertThatThrownBy(call::result).cause().isInstanceOf(CredentialNotValidException.class));
        });
    }

    @Test
    void aProbeIsNoEvidenceForCallsThatWereSentAfterItBegan() {
        probed.denial = new CloudException(Kind.ACCESS_DENIED, "403");
        Cloud cloud = guard(probed);

        assertThatThrownBy(cloud::allInstances).isInstanceOf(CloudException.class);
        probed.probeFailure = new CredentialNotValidException("deleted by now");

        assertThatThrownBy(cloud::allInstances).isInstanceOf(CredentialNotValidException.class);
        assertThat(probed.probes).isEqualTo(2);
    }

    @Test
    void aCallThatIsInterruptedDuringItsProbeLeavesTheProbeToTheOthers() throws Exception {
        probed.denial = new CloudException(Kind.ACCESS_DENIED, "403");
        probed.probeTakes = Duration.ofSeconds(10);
        Cloud cloud = guard(probed);
        Instant start = timeline.now();

        try (Scope scope = timeline.open("test", Duration.ofMinutes(1))) {
            Task<List<Instance>> first = scope.fork("first", cloud::allInstances);
            timeline.sleep(Duration.ofMillis(1));
            Task<List<Instance>> second = scope.fork("second", () -> {
                probed.latency = Duration.ofSeconds(1);
                return cloud.allInstances();
            });
            timeline.sleep(Duration.ofSeconds(2));
            first.cancel();
            scope.awaitAll();

            assertThatThrownBy(first::result)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(InterruptedException.class)
                    .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining("403"));
            assertThatThrownBy(second::result)
                    .cause()
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_AUTHORISED));
            assertThat(Duration.between(start, timeline.now()))
                    .isBetween(Duration.ofSeconds(12), Duration.ofSeconds(13));
        }
    }

    @Test
    void aCredentialIsTakenOutOfUseOnce_andAgainAfterItWasAcceptedInBetween() throws Exception {
        Cloud cloud = guard(environ);
        environ.denial = new CredentialNotValidException("who are you?");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(cloud::allInstances).isInstanceOf(CredentialNotValidException.class);
            // Answered without asking the cloud.
            assertThat(cloud.maxBatch()).isEqualTo(1);
        }
        assertThat(invalidated).hasSize(1);

        environ.denial = null;
        cloud.allInstances();
        environ.denial = new CredentialNotValidException("and again");
        assertThatThrownBy(cloud::allInstances).isInstanceOf(CredentialNotValidException.class);
        assertThat(invalidated).hasSize(2);
    }

    @Test
    void aSinkThatFailedIsToldAgain() {
        List<String> told = new ArrayList<>();
        Cloud cloud = guard(environ, denial -> {
            told.add(denial.reason());
            throw new IOException("store down");
        });
        environ.denial = new CredentialNotValidException("who are you?");

        assertThatThrownBy(cloud::allInstances).isInstanceOf(CredentialNotValidException.class);
        assertThatThrownBy(cloud::allInstances).isInstanceOf(CredentialNotValidException.class);
        assertThat(told).hasSize(2);
    }

    @Test
    void aSinkThatFailsIsOnlyAWarning() {
        environ.denial = new CredentialNotValidException("who are you?");

        assertThatThrownBy(() -> guard(environ, denial -> {
                            throw new IOException("store down");
                        })
                        .allInstances())
                .isInstanceOf(CredentialNotValidException.class);
        assertThat(events)
                .filteredOn(Event.CredentialNotInvalidated.class::isInstance)
                .singleElement()
                .extracting(event -> ((Event.CredentialNotInvalidated) event).reason())
                .isEqualTo("the credential could not be taken out of use where it is kept: store down");
    }

    @Test
    void aSinkThatHangsIsGivenUp() {
        environ.denial = new CredentialNotValidException("who are you?");
        Instant start = timeline.now();

        assertThatThrownBy(() -> guard(environ, denial -> timeline.sleep(Duration.ofHours(1)))
                        .allInstances())
                .isInstanceOf(CredentialNotValidException.class);
        assertThat(timeline.now()).isEqualTo(start.plusSeconds(30));
        assertThat(events).anyMatch(Event.CredentialNotInvalidated.class::isInstance);
    }

    @Test
    void anInterruptDoesNotKeepTheCredentialFromBeingTakenOutOfUseAndIsNotLost() throws Exception {
        environ.denial = new CredentialNotValidException("who are you?");
        Cloud cloud = guard(environ, denial -> {
            timeline.sleep(Duration.ofSeconds(5));
            invalidated.add(denial);
        });

        try (Scope scope = timeline.open("test", Duration.ofMinutes(1))) {
            Task<Boolean> call = scope.fork("call", () -> {
                assertThatThrownBy(cloud::allInstances).isInstanceOf(CredentialNotValidException.class);
                return timeline.interrupted();
            });
            timeline.sleep(Duration.ofSeconds(1));
            call.cancel();
            scope.awaitAll();
            assertThat(call.result()).isTrue();
        }
        assertThat(invalidated).hasSize(1);
    }

    private static class DenyingEnviron implements Environ {

        @Nullable
        Exception denial;

        @Override
        public List<Instance> allInstances(Tags owner) throws Exception {
            if (denial != null) {
                throw denial;
            }
            return List.of();
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

    private final class ProbedEnviron extends DenyingEnviron implements CredentialProbe {

        private @Nullable Exception probeFailure;
        private Duration probeTakes = Duration.ZERO;
        private Duration latency = Duration.ZERO;
        private int throttledProbes;
        private int probes;
        private int now;
        private int most;

        @Override
        public List<Instance> allInstances(Tags owner) throws Exception {
            timeline.sleep(latency);
            return super.allInstances(owner);
        }

        @Override
        public void probeCredential() throws Exception {
            probes++;
            most = Math.max(most, ++now);
            try {
                timeline.sleep(probeTakes);
                if (throttledProbes-- > 0) {
                    throw new CloudException(Kind.THROTTLED, "slow down");
                }
                if (probeFailure != null) {
                    throw probeFailure;
                }
            } finally {
                now--;
            }
        }
    }
}
