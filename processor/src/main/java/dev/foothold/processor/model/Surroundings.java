package dev.foothold.processor.model;

import java.util.List;

/**
 * Says what the compilation around an annotated type has.
 *
 * @param missingRuntimeTypes the types of {@link RuntimeTypes} that cannot be found
 * @param takenNames the generated classes whose names other classes have
 * @param generatedIsVisible whether the JDK's {@code @Generated} can be used; a module need not read it
 * @param nullMarkedIsVisible whether JSpecify's {@code @NullMarked} can be used
 * @param suppressions the javac lints that generated code would trip over because of what it has to mention, sorted
 */
public record Surroundings(
        List<String> missingRuntimeTypes,
        List<TypeRef> takenNames,
        boolean generatedIsVisible,
        boolean nullMarkedIsVisible,
        List<String> suppressions) {

    /** The JDK's mark for generated source. */
    public static final String GENERATED = "javax.annotation.processing.Generated";

    /** JSpecify's mark for code whose types are not null unless they say so. */
    public static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";
}
