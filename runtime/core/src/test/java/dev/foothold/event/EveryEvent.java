package dev.foothold.event;

import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.machine.Arch;
import dev.foothold.model.Tags;
import dev.foothold.network.MachineAddress;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Makes one of each event there is, so that no test forgets one. */
public final class EveryEvent {

    /** When all of them happened. */
    public static final Instant AT = Instant.parse("2026-03-01T09:30:00.250Z");

    /** What all of them belong to. */
    public static final Event.Origin ORIGIN = new Event.Origin("prod", "bootstrap", "op-1");

    /** An instance of which everything is known. */
    public static final Instance INSTANCE = Instance.of("i-1", InstanceStatus.RUNNING)
            .saying("up")
            .at(MachineAddress.of("203.0.113.5"))
            .in("b")
            .with(HardwareCharacteristics.of(Arch.AMD64, 2, 4096))
            .tagged(Tags.of("owner", "me"))
            .launchedAt(AT)
            .showing(List.of("ssh-ed25519 AAAA"));

    private EveryEvent() {}

    /** The types of all events. */
    public static List<Class<? extends Event>> types() {
        return Arrays.stream(Event.class.getPermittedSubclasses())
                .<Class<? extends Event>>map(type -> type.asSubclass(Event.class))
                .toList();
    }

    /** One of each, whose texts are the names of their components. */
    public static Stream<Event> all() {
        return all("");
    }

    /** One of each, whose texts are the names of their components with something at the end. */
    public static Stream<Event> all(String ending) {
        return types().stream().map(type -> make(type, ending));
    }

    private static Event make(Class<? extends Event> type, String ending) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class[]::new))
                    .newInstance(Arrays.stream(components)
                            .map(component -> sample(component, ending))
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " cannot be made", e);
        }
    }

    private static Object sample(RecordComponent component, String ending) {
        Class<?> type = component.getType();
        String text = component.getName() + ending;
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        for (Object sample : List.of(
                AT,
                ORIGIN,
                INSTANCE,
                text,
                List.of(text, "and another"),
                InstanceId.of("i-1"),
                MachineAddress.of("203.0.113.5"),
                Duration.ofMillis(1_500))) {
            if (type.isInstance(sample)) {
                return sample;
            }
        }
        if (type == int.class) {
            return 2;
        }
        if (type == long.class) {
            return 2L;
        }
        throw new AssertionError("nobody knows a sample of " + component);
    }
}
