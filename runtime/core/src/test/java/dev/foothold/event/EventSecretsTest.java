package dev.foothold.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.config.Secret;
import dev.foothold.instance.HardwareCharacteristics;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A secret is a type without a text form, and no event has a place for one. */
class EventSecretsTest {

    /** All that events are made of, besides records of them, enums and lists and maps of them. */
    private static final Set<Type> HARMLESS =
            Set.of(String.class, int.class, long.class, Instant.class, Duration.class, HardwareCharacteristics.class);

    private record Careless(Instant at, Deep deep, List<Secret> secrets, Object anything) {}

    private record Deep(Map<String, Optional<Secret>> secrets, char[] password) {}

    @Test
    void noEventHasAPlaceForASecret() {
        assertThat(EveryEvent.types())
                .hasSizeGreaterThan(30)
                .allSatisfy(type -> assertThat(dangers(type)).isEmpty());
    }

    @Test
    void whateverCouldHoldOneIsFound() {
        assertThat(dangers(Careless.class))
                .containsExactly(
                        "Deep.secrets: java.util.Optional<dev.foothold.config.Secret>",
                        "Deep.password: class [C",
                        "Careless.secrets: class dev.foothold.config.Secret",
                        "Careless.anything: class java.lang.Object");
    }

    private static List<String> dangers(Class<?> type) {
        List<String> dangers = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            collect(component.getGenericType(), type.getSimpleName() + "." + component.getName(), dangers);
        }
        return dangers;
    }

    private static void collect(Type type, String place, List<String> dangers) {
        if (type instanceof ParameterizedType generic
                && Set.of(List.class, Map.class).contains(generic.getRawType())) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument, place, dangers);
            }
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            dangers.addAll(dangers(plain));
        } else if (!HARMLESS.contains(type) && !(type instanceof Class<?> plain && plain.isEnum())) {
            dangers.add(place + ": " + type);
        }
    }
}
