package dev.foothold.cloud;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes over what an environ returned: copied, and refused if there is a null where none may be. */
final class Answers {

    private Answers() {}

    static <T> T present(@Nullable T answer) {
        if (answer == null) {
            throw new IllegalStateException("the environ returned null, which it must never do");
        }
        return answer;
    }

    static <T> List<T> list(@Nullable List<? extends T> answer) {
        return present(answer).stream().<T>map(Answers::present).toList();
    }

    static <K, V> Map<K, V> map(@Nullable Map<? extends K, ? extends V> answer) {
        Map<K, V> copy = new LinkedHashMap<>();
        present(answer).forEach((key, value) -> copy.put(present(key), present(value)));
        return copy;
    }
}
