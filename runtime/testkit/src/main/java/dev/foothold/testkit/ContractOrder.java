package dev.foothold.testkit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/**
 * Runs tests in the order of the rules, so that what everything else builds on fails first, and the first failure is the
 * one to look at.
 */
final class ContractOrder implements ClassOrderer, MethodOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparingInt(ContractOrder::first));
    }

    @Override
    public void orderMethods(MethodOrdererContext context) {
        context.getMethodDescriptors()
                .sort(Comparator.comparingInt((MethodDescriptor method) -> rule(method.getMethod()))
                        .thenComparing(method -> method.getMethod().getName()));
    }

    private static int first(ClassDescriptor group) {
        return Stream.<Class<?>>iterate(group.getTestClass(), type -> type != null, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .mapToInt(ContractOrder::rule)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    /** Tests that an author has added come last. */
    private static int rule(Method method) {
        Checks checks = method.getAnnotation(Checks.class);
        return checks == null ? Integer.MAX_VALUE : checks.value().ordinal();
    }
}
