package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.cloud.Call;
import dev.foothold.cloud.CredentialDenial;
import dev.foothold.cloud.Interceptor;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.CredentialNotValidException;
import dev.foothold.event.Event;
import dev.foothold.model.ModelSettings;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.testing.ListedEnviron;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What is set on a {@link Foothold} reaches the calls of its providers. */
class GuardedProviderTest {

    private final Timeline timeline = Timeline.virtual(1);
    private final Instant start = timeline.now();
    private final List<Event> events = new ArrayList<>();
    private final ListedEnviron environ = new ListedEnviron();
    private final Foothold foothold =
            Foothold.with(new MemoryStateStore()).withTimeline(timeline).withEvents(events::add);

    private DefaultProvider provider(Foothold with) {
        return new DefaultProvider(environ, ModelSettings.create("prod"), with);
    }

    @Test
    void aCredentialThatIsNotValidReachesItsSink() {
        environ.failures.put("AllInstances", CredentialNotValidException.because("the account is suspended"));
        List<CredentialDenial> denials = new ArrayList<>();

        assertThatThrownBy(() ->
                        provider(foothold.withCredentialSink(denials::add)).instances())
                .isInstanceOf(CredentialNotValidException.class);
        assertThat(denials)
                .extracting(CredentialDenial::reason)
                .containsExactly("cloud denied access: allInstances: credential not valid: the account is suspended");
    }

    @Test
    void withoutASinkThereIsAWarningThatSaysHowToSetOne() {
        environ.failures.put("AllInstances", CredentialNotValidException.because("the account is suspended"));

        assertThatThrownBy(() -> provider(foothold).instances()).isInstanceOf(CredentialNotValidException.class);
        assertThat(events)
                .filteredOn(Event.CredentialNotInvalidated.class::isInstance)
                .singleElement()
                .extracting(event -> ((Event.CredentialNotInvalidated) event).reason())
                .asString()
                .contains("Foothold.withCredentialSink");
    }

    @Test
    void callsAreRepeatedForAsLongAsTheirBudgetSays() {
        environ.failures.put("AllInstances", new CloudException(Kind.THROTTLED, "slow down"));

        assertThatThrownBy(() ->
                        provider(foothold.withCallBudget(Duration.ofSeconds(7))).instances())
                .hasMessageContaining("7s, which is over");
        assertThat(timeline.now()).isEqualTo(start.plusSeconds(7));
    }

    @Test
    void byDefaultThatIsTwoMinutes() {
        environ.failures.put("AllInstances", new CloudException(Kind.THROTTLED, "slow down"));

        assertThatThrownBy(() -> provider(foothold).instances()).isInstanceOf(CloudException.class);
        assertThat(timeline.now()).isEqualTo(start.plus(Duration.ofMinutes(2)));
    }

    @Test
    void aUsersInterceptorSeesEachAttemptAndWhatItsFailureMeans() {
        environ.failures.put("AllInstances", new CloudException(Kind.THROTTLED, "slow down"));
        List<String> seen = new ArrayList<>();
        Interceptor watching = new Interceptor() {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                try {
                    return next.call();
                } catch (CloudException e) {
                    seen.add(e.kind() + " " + e.getMessage());
                    throw e;
                }
            }
        };

        assertThatThrownBy(() -> provider(foothold.withInterceptor(watching).withCallBudget(Duration.ofSeconds(7)))
                        .instances())
                .isInstanceOf(CloudException.class);
        assertThat(seen).hasSizeGreaterThan(2).containsOnly("THROTTLED allInstances: slow down");
    }
}
