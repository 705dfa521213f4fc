package dev.foothold.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.FootholdException;
import dev.foothold.cloud.OperationContext;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshCommand;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshOutput;
import dev.foothold.ssh.SshResult;
import dev.foothold.ssh.SshSession;
import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The wait against recorded answers, on virtual time, with steady options. An attempt of a case is one connect that
 * fails or, where the reason is the script's, one run of the script over a connection that stays open.
 */
class WaitSshVectorsTest {

    @TestFactory
    @Tag("D-7")
    @Tag("D-8")
    @Tag("D-9")
    @Tag("D-10")
    @Tag("D-11")
    Stream<DynamicTest> waits() {
        return Vectors.file("wait_ssh").tests(vector -> new Scenario(vector).check());
    }

    private static final class Scenario implements SshConnector {

        private static final String SCRIPT = "check";

        private final VectorCase vector;
        private final Timeline timeline = Timeline.virtual(1);
        private final Instant start = timeline.now();
        private final List<String> lines = new ArrayList<>();
        private final Map<String, Integer> attempts = new LinkedHashMap<>();
        private int polls;
        private @Nullable Duration endedAt;

        Scenario(VectorCase vector) {
            this.vector = vector;
        }

        void check() throws Exception {
            String error = vector.get("expect").path("error").asText("");
            if (error.startsWith("refreshing addresses:") || error.startsWith("getting addresses:")) {
                throw vector.mappedAway("addresses that cannot be read are read again later (D-12)");
            }
            Outcome outcome = run();

            assertThat(endedAt)
                    .isEqualTo(Duration.ofMillis(vector.expect("at_ms").asLong()));
            assertThat(lines).isEqualTo(texts(vector.expect("stderr")));
            checkOutcome(outcome, error);
            checkCounts();
        }

        private Outcome run() throws Exception {
            try (Scope scope = timeline.open("case", Duration.ofDays(1))) {
                Task<SshSession> waiting = scope.fork("wait", () -> {
                    try {
                        return await();
                    } finally {
                        endedAt = Duration.between(start, timeline.now());
                    }
                });
                if (vector.json().has("cancel_at_ms")) {
                    // A moment later, so that the wait has begun even if it is cancelled at once.
                    timeline.sleep(Duration.ofMillis(vector.get("cancel_at_ms").asLong())
                            .plusNanos(1));
                    waiting.cancel();
                }
                scope.awaitAll();
                endedAt = Duration.ofMillis(endedAt.toMillis());
                return new Outcome(waiting.result(), null);
            } catch (ExecutionException e) {
                return new Outcome(null, e.getCause());
            }
        }

        private SshSession await() throws InterruptedException {
            JsonNode opts = vector.get("opts");
            WaitOptions options = WaitOptions.steady(
                    Duration.ofMillis(opts.path("timeout_ms").asLong()),
                    Duration.ofMillis(opts.path("retry_delay_ms").asLong()),
                    Duration.ofMillis(opts.path("addresses_delay_ms").asLong()));
            OperationContext context =
                    new OperationContext("op", "bootstrap", ModelSettings.create("m"), timeline, this::note);
            return new WaitSsh(this).await(poll(), this::poll, this::optionsFor, SCRIPT, options, context);
        }

        private void note(Event event) {
            if (event instanceof Event.WaitStarted) {
                lines.add("Waiting for address");
            } else if (event instanceof Event.Connecting connecting) {
                lines.add("Attempting to connect to " + connecting.address().hostAndPort());
            }
        }

        // ---- The cloud

        private Instance poll() throws InterruptedException {
            JsonNode all = vector.get("polls");
            JsonNode poll = all.get(Math.min(polls++, all.size() - 1));
            timeline.sleep(Duration.ofMillis(poll.path("refresh_ms").asLong(0)));
            if (poll.has("refresh_error") || poll.has("addresses_error")) {
                throw new FootholdException(poll.path("refresh_error").asText(""));
            }
            InstanceStatus status = switch (poll.path("status").asText("running")) {
                case "provisioning error" -> InstanceStatus.PROVISIONING_ERROR;
                case "pending" -> InstanceStatus.PENDING;
                default -> InstanceStatus.RUNNING;
            };
            List<MachineAddress> addresses = new ArrayList<>();
            poll.path("addresses").forEach(address -> addresses.add(address(address)));
            return Instance.of("i-1", status)
                    .saying(poll.path("message").asText(""))
                    .at(addresses);
        }

        private static MachineAddress address(JsonNode json) {
            if (json.isTextual()) {
                // All alike, so that their order is the cloud's.
                return MachineAddress.of(json.asText(), AddressScope.UNKNOWN);
            }
            AddressScope scope = switch (json.path("scope").asText()) {
                case "public" -> AddressScope.PUBLIC;
                case "local-cloud" -> AddressScope.CLOUD_LOCAL;
                case "local-machine" -> AddressScope.MACHINE_LOCAL;
                case "link-local" -> AddressScope.LINK_LOCAL;
                default -> throw new AssertionError("unknown scope: " + json);
            };
            return MachineAddress.of(json.path("value").asText(), scope);
        }

        private SshOptions optionsFor(MachineAddress address) {
            JsonNode error = vector.json().path("options_error").path(address.value());
            if (!error.isMissingNode()) {
                throw new FootholdException(address.hostAndPort() + ": " + error.asText());
            }
            return SshOptions.defaults();
        }

        // ---- The machines

        /** The next attempt at an address. */
        private JsonNode attempt(MachineAddress address) {
            JsonNode all = vector.get("hosts").path(address.value());
            int count = attempts.merge(address.value(), 1, Integer::sum);
            return all.get(Math.min(count, all.size()) - 1);
        }

        private boolean isScripts(JsonNode attempt) {
            String error = attempt.path("error").asText("");
            return error.isEmpty() || error.contains("nonce");
        }

        @Override
        public SshSession connect(MachineAddress address, SshOptions options) throws InterruptedException {
            JsonNode all = vector.get("hosts").path(address.value());
            int next = attempts.getOrDefault(address.value(), 0);
            if (isScripts(all.get(Math.min(next, all.size() - 1)))) {
                return new Session(address);
            }
            JsonNode attempt = attempt(address);
            timeline.sleep(Duration.ofMillis(attempt.path("ms").asLong()));
            String error = attempt.path("error").asText();
            throw new SshException(
                    error.contains("time") ? SshFailure.TIMED_OUT : SshFailure.REFUSED, address, error, null);
        }

        private final class Session implements SshSession {

            private final MachineAddress address;

            Session(MachineAddress address) {
                this.address = address;
            }

            @Override
            public MachineAddress address() {
                return address;
            }

            @Override
            public SshResult run(SshCommand command, SshOutput output, Duration timeout) throws InterruptedException {
                if (!new String(command.input(), StandardCharsets.UTF_8).equals(SCRIPT)) {
                    return new SshResult(0, "");
                }
                JsonNode attempt = attempt(address);
                timeline.sleep(Duration.ofMillis(attempt.path("ms").asLong()));
                String error = attempt.path("error").asText("");
                if (error.isEmpty()) {
                    return new SshResult(0, "");
                }
                byte[] bytes = (error + "\n").getBytes(StandardCharsets.UTF_8);
                output.accept(SshOutput.Stream.ERR, bytes, bytes.length);
                return new SshResult(1, "");
            }

            @Override
            public void close() {}
        }

        // ---- The comparison

        private record Outcome(
                @Nullable SshSession session, @Nullable Throwable failure) {}

        private void checkOutcome(Outcome outcome, String error) {
            JsonNode expect = vector.get("expect");
            if (expect.has("result")) {
                assertThat(outcome.failure()).isNull();
                assertThat(outcome.session().address().value())
                        .isEqualTo(expect.path("result").asText());
            } else if (error.equals("cancelled")) {
                assertThat(outcome.failure()).isInstanceOf(InterruptedException.class);
            } else if (error.startsWith("instance provisioning failed")) {
                String reason = error.replaceAll("^[^(]*\\(?", "").replace(")", "");
                assertThat(outcome.failure())
                        .isInstanceOf(BootstrapException.class)
                        .hasMessage("instance i-1 could not be provisioned" + (reason.isEmpty() ? "" : ": " + reason));
            } else {
                assertThat(outcome.failure()).isInstanceOfSatisfying(WaitTimeoutException.class, e -> {
                    String message = e.getMessage().replace(" for instance i-1", "");
                    for (MachineAddress address : e.verdicts().keySet()) {
                        message = message.replace(address.hostAndPort() + ": ", "");
                    }
                    if (error.isEmpty()) {
                        assertThat(message)
                                .startsWith(expect.path("error_prefix").asText());
                    } else {
                        assertThat(message).isEqualTo(error);
                    }
                    expect.path("last_failures")
                            .properties()
                            .forEach(last -> assertThat(
                                            e.verdicts().get(MachineAddress.of(last.getKey(), AddressScope.UNKNOWN)))
                                    .extracting(AddressVerdict::reason)
                                    .asString()
                                    .contains(last.getValue().asText()));
                });
            }
        }

        private void checkCounts() {
            JsonNode expect = vector.get("expect");
            if (expect.has("polls")) {
                assertThat(polls).as("polls").isEqualTo(expect.path("polls").asInt());
            }
            Map<String, Integer> most = new LinkedHashMap<>();
            expect.path("attempts_max")
                    .properties()
                    .forEach(one -> most.put(one.getKey(), one.getValue().asInt()));
            most.forEach((address, count) -> assertThat(attempts.getOrDefault(address, 0))
                    .as("attempts at " + address)
                    .isLessThanOrEqualTo(count));
            if (expect.has("attempts")) {
                Map<String, Integer> expected = new LinkedHashMap<>();
                expect.path("attempts")
                        .properties()
                        .forEach(
                                one -> expected.put(one.getKey(), one.getValue().asInt()));
                expected.values().removeIf(count -> count == 0);
                Map<String, Integer> counted = new LinkedHashMap<>(attempts);
                counted.keySet().removeAll(most.keySet());
                assertThat(counted).as("attempts").isEqualTo(expected);
            }
        }

        private static List<String> texts(JsonNode array) {
            List<String> texts = new ArrayList<>();
            array.forEach(text -> texts.add(text.asText()));
            return texts;
        }
    }
}
