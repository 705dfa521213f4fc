package dev.foothold.processor.read;

import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Reads the values of one annotation that are written there; defaults are known to those who ask. */
final class AnnotationReader {

    /** What javac has in place of a value that it cannot evaluate, for example a constant not generated yet. */
    private static final String ERRONEOUS = "<error>";

    private final Element element;
    private final AnnotationMirror mirror;

    AnnotationReader(Element element, AnnotationMirror mirror) {
        this.element = element;
        this.mirror = mirror;
    }

    /** Finds an annotation on a declaration by its qualified name. */
    static Optional<AnnotationReader> find(Element element, String annotationType) {
        return element.getAnnotationMirrors().stream()
                .filter(mirror -> ((TypeElement) mirror.getAnnotationType().asElement())
                        .getQualifiedName()
                        .contentEquals(annotationType))
                .map(mirror -> new AnnotationReader(element, mirror))
                .findFirst();
    }

    SourcePlace place() {
        return SourcePlace.of(element, mirror);
    }

    /** Gives a text that has no default. */
    Located<String> required(String attribute) throws UnresolvedTypeException {
        AnnotationValue value = given(attribute);
        if (value == null) {
            throw new UnresolvedTypeException();
        }
        return located(value);
    }

    /** Gives a text if it is written there. */
    Optional<Located<String>> text(String attribute) throws UnresolvedTypeException {
        AnnotationValue value = given(attribute);
        return value == null ? Optional.empty() : Optional.of(located(value));
    }

    List<Located<String>> texts(String attribute) throws UnresolvedTypeException {
        AnnotationValue value = given(attribute);
        if (value == null) {
            return List.of();
        }
        if (!(value.getValue() instanceof List<?> values)) {
            throw new UnresolvedTypeException();
        }
        List<Located<String>> texts = new ArrayList<>();
        for (Object each : values) {
            texts.add(located((AnnotationValue) each));
        }
        return List.copyOf(texts);
    }

    /** Tells where a flag is set; empty if it is not. */
    Optional<Place> flag(String attribute) {
        AnnotationValue value = given(attribute);
        return value != null && value.getValue() instanceof Boolean flag && flag
                ? Optional.of(SourcePlace.of(element, mirror, value))
                : Optional.empty();
    }

    private Located<String> located(AnnotationValue value) throws UnresolvedTypeException {
        if (!(value.getValue() instanceof String text) || text.equals(ERRONEOUS)) {
            throw new UnresolvedTypeException();
        }
        return new Located<>(text, SourcePlace.of(element, mirror, value));
    }

    private @Nullable AnnotationValue given(String attribute) {
        for (Map.Entry<? extends ExecutableElement, ? extends AnnotationValue> entry :
                mirror.getElementValues().entrySet()) {
            if (entry.getKey().getSimpleName().contentEquals(attribute)) {
                return entry.getValue();
            }
        }
        return null;
    }
}
