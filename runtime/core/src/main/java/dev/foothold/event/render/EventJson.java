package dev.foothold.event.render;

import dev.foothold.event.Event;
import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.internal.json.Json;
import dev.foothold.model.Tags;
import dev.foothold.network.MachineAddress;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Knows the JSON of each event: all components under their names. */
final class EventJson {

    private static final Map<Class<? extends Event>, BiFunction<Event, Fields, Fields>> FIELDS = new HashMap<>();

    static {
        put(
                Event.SettingDeprecated.class,
                (e, json) -> json.with("setting", e.setting()).with("advice", e.advice()));
        put(Event.OperationStarted.class, (e, json) -> json);
        put(Event.OperationSucceeded.class, (e, json) -> json.with("elapsed", e.elapsed()));
        put(Event.OperationFailed.class, (e, json) -> json.with("reason", e.reason()));
        put(Event.ConstraintsUnsupported.class, (e, json) -> json.with("names", e.names()));
        put(
                Event.InstanceRequested.class,
                (e, json) -> json.with("zone", e.zone()).with("description", e.description()));
        put(
                Event.InstanceRefused.class,
                (e, json) -> json.with("zone", e.zone()).with("reason", e.reason()));
        put(Event.InstanceStarted.class, (e, json) -> json.with("instance", e.instance()));
        put(Event.InstanceStopped.class, (e, json) -> json.with("id", e.id()));
        put(Event.Removing.class, (e, json) -> json.with("kind", e.kind()).with("count", e.count()));
        put(
                Event.ResourceDeleted.class,
                (e, json) -> json.with("kind", e.kind()).with("id", e.id()));
        put(Event.WaitStarted.class, (e, json) -> json.with("id", e.id()).with("timeout", e.timeout()));
        put(Event.Connecting.class, (e, json) -> json.with("id", e.id()).with("address", e.address()));
        put(
                Event.NotYet.class,
                (e, json) -> json.with("address", e.address())
                        .with("verdict", e.verdict())
                        .with("left", e.left()));
        put(
                Event.Connected.class,
                (e, json) -> json.with("address", e.address()).with("waited", e.waited()));
        put(
                Event.HostKeyReplaced.class,
                (e, json) -> json.with("address", e.address()).with("fingerprint", e.fingerprint()));
        put(
                Event.HostKeyKept.class,
                (e, json) -> json.with("address", e.address()).with("reason", e.reason()));
        put(Event.ScriptStarted.class, (e, json) -> json.with("address", e.address()));
        put(
                Event.MachineOutput.class,
                (e, json) -> json.with("address", e.address()).with("line", e.line()));
        put(
                Event.ScriptConnectionLost.class,
                (e, json) -> json.with("address", e.address()).with("reason", e.reason()));
        put(
                Event.ScriptReattached.class,
                (e, json) -> json.with("address", e.address()).with("offset", e.offset()));
        put(
                Event.ScriptRestarted.class,
                (e, json) -> json.with("address", e.address()).with("start", e.start()));
        put(
                Event.ScriptSucceeded.class,
                (e, json) -> json.with("address", e.address()).with("elapsed", e.elapsed()));
        put(
                Event.AgentReady.class,
                (e, json) -> json.with("address", e.address())
                        .with("agent", e.agent())
                        .with("version", e.version())
                        .with("elapsed", e.elapsed()));
        put(Event.RollbackStarted.class, (e, json) -> json.with("reason", e.reason()));
        put(Event.RollbackEnded.class, (e, json) -> json.with("left", e.left()).with("remedy", e.remedy()));
        put(Event.RollbackInterrupted.class, (e, json) -> json.with("abandons", e.abandons()));
        put(
                Event.MachineKept.class,
                (e, json) -> json.with("id", e.id()).with("reach", e.reach()).with("remedy", e.remedy()));
        put(
                Event.HeartbeatWatched.class,
                (e, json) -> json.with("holder", e.holder()).with("longest", e.longest()));
        put(Event.OperationResumed.class, (e, json) -> json.with("from", e.from()));
        put(Event.OperationLost.class, (e, json) -> json.with("reason", e.reason()));
        put(
                Event.CallDelayed.class,
                (e, json) -> json.with("operation", e.operation())
                        .with("attempt", e.attempt())
                        .with("pause", e.pause())
                        .with("reason", e.reason()));
        put(
                Event.CredentialDenied.class,
                (e, json) -> json.with("operation", e.operation())
                        .with("outcome", e.outcome())
                        .with("reason", e.reason())
                        .with("action", e.action())
                        .with("requestId", e.requestId()));
        put(Event.CredentialNotInvalidated.class, (e, json) -> json.with("reason", e.reason()));
        put(
                Event.CallEnded.class,
                (e, json) -> json.with("operation", e.operation())
                        .with("elapsed", e.elapsed())
                        .with("attempts", e.attempts())
                        .with("failure", e.failure())
                        .with("kind", e.kind())
                        .with("requestId", e.requestId()));
    }

    private EventJson() {}

    /** Gives the JSON of an event, on one line. */
    static String of(Event event) {
        Event.Origin origin = event.origin();
        Fields fields = new Fields()
                .with("event", event.getClass().getSimpleName())
                .with("at", event.at())
                .with(
                        "origin",
                        new Fields()
                                .with("model", origin.model())
                                .with("operation", origin.operation())
                                .with("operationId", origin.operationId()));
        return Json.compact(
                Objects.requireNonNull(FIELDS.get(event.getClass()), () -> "no JSON for " + event.getClass())
                        .apply(event, fields)
                        .values);
    }

    private static <E extends Event> void put(Class<E> type, BiFunction<E, Fields, Fields> fields) {
        FIELDS.put(type, (event, json) -> fields.apply(type.cast(event), json));
    }

    private static final class Fields {

        private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

        Fields with(String name, @Nullable Object value) {
            values.put(name, plain(value));
            return this;
        }
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Integer || value instanceof Long) {
            return value;
        } else if (value instanceof Instant
                || value instanceof InstanceId
                || value instanceof HardwareCharacteristics) {
            return value.toString();
        } else if (value instanceof Duration duration) {
            return seconds(duration);
        } else if (value instanceof Enum<?> constant) {
            return constant.name();
        } else if (value instanceof Tags tags) {
            return tags.asMap();
        } else if (value instanceof List<?> items) {
            return items.stream().map(EventJson::plain).toList();
        } else if (value instanceof MachineAddress address) {
            return new Fields()
                    .with("value", address.value())
                    .with("scope", address.scope())
                    .with("sshPort", address.sshPort())
                    .values;
        } else if (value instanceof Instance instance) {
            return new Fields()
                    .with("id", instance.id())
                    .with("status", instance.status())
                    .with("statusMessage", instance.statusMessage())
                    .with("addresses", instance.addresses())
                    .with("zoneName", instance.zoneName())
                    .with("hardware", instance.hardware())
                    .with("tags", instance.tags())
                    .with("launchTime", instance.launchTime())
                    .with("hostKeys", instance.hostKeys())
                    .values;
        } else if (value instanceof Fields fields) {
            return fields.values;
        }
        throw new IllegalStateException("events have no JSON for " + value.getClass());
    }

    private static BigDecimal seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
        return new BigDecimal(seconds.stripTrailingZeros().toPlainString());
    }
}
