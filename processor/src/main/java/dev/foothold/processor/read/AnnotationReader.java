package dev.foothold.processor.read;

import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;

/** Reads the values of one annotation, those given and those by default. */
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

    Located<String> text(String attribute) throws UnresolvedTypeException {
        return located(value(attribute));
    }

    List<Located<String>> texts(String attribute) throws UnresolvedTypeException {
        if (!(value(attribute).getValue() instanceof List<?> values)) {
            throw new UnresolvedTypeException();
        }
        List<Located<String>> texts = new ArrayList<>();
        for (Object value : values) {
            texts.add(located((AnnotationValue) value));
        }
        return List.copyOf(texts);
    }

    /** Tells where a flag is set; empty if it is not. */
    Optional<Place> flag(String attribute) throws UnresolvedTypeException {
        AnnotationValue value = value(attribute);
        return value.getValue() instanceof Boolean flag && flag
                ? Optional.of(SourcePlace.of(element, mirror, value))
                : Optional.empty();
    }

    /** Tells whether an attribute is not given, or given as what its default is. */
    boolean isDefault(String attribute) throws UnresolvedTypeException {
        AnnotationValue byDefault = attribute(attribute).getDefaultValue();
        return byDefault != null && byDefault.getValue().equals(value(attribute).getValue());
    }

    private Located<String> located(AnnotationValue value) throws UnresolvedTypeException {
        if (!(value.getValue() instanceof String text) || text.equals(ERRONEOUS)) {
            throw new UnresolvedTypeException();
        }
        return new Located<>(text, SourcePlace.of(element, mirror, value));
    }

    private AnnotationValue value(String attribute) throws UnresolvedTypeException {
        ExecutableElement method = attribute(attribute);
        AnnotationValue given = mirror.getElementValues().get(method);
        AnnotationValue value = given == null ? method.getDefaultValue() : given;
        if (value == null) {
            throw new UnresolvedTypeException();
        }
        return value;
    }

    private ExecutableElement attribute(String name) throws UnresolvedTypeException {
        return mirror.getAnnotationType().asElement().getEnclosedElements().stream()
                .filter(member -> member.getSimpleName().contentEquals(name))
                .map(ExecutableElement.class::cast)
                .findFirst()
                .orElseThrow(UnresolvedTypeException::new);
    }
}
