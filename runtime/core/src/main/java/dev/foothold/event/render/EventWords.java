package dev.foothold.event.render;

import static dev.foothold.event.render.Words.Tone.DETAIL;
import static dev.foothold.event.render.Words.Tone.DONE;
import static dev.foothold.event.render.Words.Tone.FAILED;
import static dev.foothold.event.render.Words.Tone.OUTPUT;
import static dev.foothold.event.render.Words.Tone.PASSING;
import static dev.foothold.event.render.Words.Tone.SETBACK;

import dev.foothold.environ.ResourceKind;
import dev.foothold.event.Event;
import dev.foothold.event.render.Words.Tone;
import dev.foothold.instance.Instance;
import dev.foothold.network.MachineAddress;
import dev.foothold.time.DurationText;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Knows what to say about each event. */
final class EventWords {

    private static final Map<Class<? extends Event>, Function<Event, Words>> WORDS = new HashMap<>();

    static {
        say(SETBACK, Event.SettingDeprecated.class, e -> e.setting() + " should be changed: " + e.advice());
        say(DETAIL, Event.OperationStarted.class, e -> what(e) + " begins");
        say(DONE, Event.OperationSucceeded.class, e -> what(e) + " took " + DurationText.of(e.elapsed()));
        say(FAILED, Event.OperationFailed.class, e -> what(e) + " failed: " + e.reason());
        say(
                SETBACK,
                Event.ConstraintsUnsupported.class,
                e -> "this cloud ignores the constraints " + String.join(", ", e.names()));
        say(
                PASSING,
                Event.InstanceRequested.class,
                e -> "asking for " + (e.description().isEmpty() ? "an instance" : e.description()) + in(e.zone()));
        say(SETBACK, Event.InstanceRefused.class, e -> "no luck" + in(e.zone()) + ": " + e.reason());
        say(DONE, Event.InstanceStarted.class, e -> started(e.instance()));
        say(DONE, Event.InstanceStopped.class, e -> "stopped " + e.id());
        say(
                PASSING,
                Event.Removing.class,
                e -> "removing " + ResourceKind.of(e.kind()).counted(e.count()));
        say(DONE, Event.ResourceDeleted.class, e -> "deleted " + e.kind() + " " + e.id());
        say(
                PASSING,
                Event.WaitStarted.class,
                e -> "waiting for " + e.id() + ", " + DurationText.of(e.timeout()) + " at most");
        say(
                PASSING,
                Event.Connecting.class,
                e -> "knocking at " + where(e.address()) + " (" + scope(e.address()) + ")");
        say(PASSING, Event.NotYet.class, e -> "not yet: " + e.verdict() + " (" + DurationText.of(e.left()) + " left)");
        say(
                DONE,
                Event.Connected.class,
                e -> "reached " + where(e.address()) + " after " + DurationText.of(e.waited())
                        + "; host key and nonce are ours");
        say(
                DONE,
                Event.HostKeyReplaced.class,
                e -> where(e.address()) + " has a new host key, seen by nobody else: " + e.fingerprint());
        say(
                SETBACK,
                Event.HostKeyKept.class,
                e -> where(e.address()) + " keeps the host key that is in its user data: " + e.reason());
        say(PASSING, Event.ScriptStarted.class, e -> "running a script; the machine says:");
        say(OUTPUT, Event.MachineOutput.class, Event.MachineOutput::line);
        say(
                SETBACK,
                Event.ScriptConnectionLost.class,
                e -> "the connection to " + where(e.address()) + " is lost, its script goes on: " + e.reason());
        say(
                DONE,
                Event.ScriptReattached.class,
                e -> "reached " + where(e.address()) + " again; the script's output goes on");
        say(
                SETBACK,
                Event.ScriptRestarted.class,
                e -> where(e.address()) + " had rebooted; the script runs from its beginning, for the "
                        + ordinal(e.start()) + " time");
        say(DONE, Event.ScriptSucceeded.class, e -> "script done in " + DurationText.of(e.elapsed()));
        say(
                DONE,
                Event.AgentReady.class,
                e -> e.agent() + " " + e.version() + " runs as a service, delivered in "
                        + DurationText.of(e.elapsed()));
        say(SETBACK, Event.RollbackStarted.class, e -> "rolling back: " + e.reason());
        say(
                e -> e.left().isEmpty() ? DONE : FAILED,
                Event.RollbackEnded.class,
                e -> e.left().isEmpty()
                        ? "rolled back, nothing left"
                        : "left behind: " + String.join(", ", e.left()) + "; " + e.remedy());
        say(
                SETBACK,
                Event.RollbackInterrupted.class,
                e -> "rolling back goes on; one more interrupt would leave behind: "
                        + (e.abandons().isEmpty() ? "nothing" : String.join(", ", e.abandons())));
        say(FAILED, Event.MachineKept.class, e -> "kept " + e.id() + ": " + e.reach() + "; " + e.remedy());
        say(
                PASSING,
                Event.HeartbeatWatched.class,
                e -> e.holder() + " is in the way; watching for " + DurationText.of(e.longest())
                        + " at most whether it is alive");
        say(DONE, Event.OperationResumed.class, e -> "going on from " + e.from());
        say(FAILED, Event.OperationLost.class, e -> "no longer ours: " + e.reason());
        say(
                PASSING,
                Event.CallDelayed.class,
                e -> "the cloud refuses " + e.operation() + " for now, next try in " + DurationText.of(e.pause()) + ": "
                        + e.reason());
        say(
                FAILED,
                Event.CredentialDenied.class,
                e -> e.operation() + " was denied (" + words(e.outcome()) + "): " + e.reason()
                        + named(", action ", e.action()) + named(", request ", e.requestId()));
        say(
                SETBACK,
                Event.CredentialNotInvalidated.class,
                e -> "the credential could not be taken out of use: " + e.reason());
        say(
                DETAIL,
                Event.CallEnded.class,
                e -> e.operation()
                        + (e.failure() == null ? " took " : " failed after ")
                        + DurationText.of(e.elapsed())
                        + (e.attempts() == 1 ? "" : ", " + e.attempts() + " attempts")
                        + (e.failure() == null ? "" : ": " + e.failure())
                        + (e.kind() == null ? "" : " (" + words(e.kind()) + ")")
                        + named(", request ", e.requestId()));
    }

    private EventWords() {}

    /** Gives the words for an event. */
    static Words of(Event event) {
        return Objects.requireNonNull(WORDS.get(event.getClass()), () -> "no words for " + event.getClass())
                .apply(event);
    }

    private static <E extends Event> void say(Tone tone, Class<E> type, Function<E, String> text) {
        say(event -> tone, type, text);
    }

    private static <E extends Event> void say(Function<E, Tone> tone, Class<E> type, Function<E, String> text) {
        WORDS.put(type, event -> new Words(tone.apply(type.cast(event)), text.apply(type.cast(event))));
    }

    private static String what(Event event) {
        Event.Origin origin = event.origin();
        return (origin.operation().isEmpty() ? "an operation" : origin.operation()) + " of model \"" + origin.model()
                + "\"";
    }

    private static String started(Instance instance) {
        String hardware = instance.hardware().summary();
        return instance.id() + (hardware.isEmpty() ? "" : " (" + hardware + ")") + in(instance.zoneName());
    }

    private static String in(@Nullable String zone) {
        return zone == null ? "" : " in zone " + zone;
    }

    private static String where(MachineAddress address) {
        return address.hostAndPort();
    }

    private static String scope(MachineAddress address) {
        return words(address.scope()).replace(' ', '-');
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String named(String name, @Nullable String value) {
        return value == null ? "" : name + value;
    }

    private static String ordinal(int number) {
        int tens = number % 100;
        String ending = switch (number % 10) {
            case 1 -> tens == 11 ? "th" : "st";
            case 2 -> tens == 12 ? "th" : "nd";
            case 3 -> tens == 13 ? "th" : "rd";
            default -> "th";
        };
        return number + ending;
    }
}
