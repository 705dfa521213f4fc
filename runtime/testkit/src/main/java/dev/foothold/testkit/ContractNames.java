package dev.foothold.testkit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows tests as sentences behind the ids of their rules. */
final class ContractNames extends DisplayNameGenerator.Standard {

    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> type, Method method) {
        Checks checks = method.getAnnotation(Checks.class);
        String words = words(method);
        return checks == null ? words : checks.value() + ": " + words;
    }

    static String words(Method method) {
        return method.getName().replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
