package dev.foothold.processor.read;

import dev.foothold.processor.model.Place;
import javax.annotation.processing.Messager;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * Points into the user's source.
 *
 * @param element the declaration
 * @param mirror an annotation on it, or null for the declaration itself
 * @param value a value of the annotation, or null for the annotation itself
 * @param suffix what a message must say because the compiler cannot point at it; empty if it can
 */
record SourcePlace(
        Element element,
        @Nullable AnnotationMirror mirror,
        @Nullable AnnotationValue value,
        String suffix) implements Place {

    static SourcePlace of(Element element) {
        return new SourcePlace(element, null, null, "");
    }

    static SourcePlace of(Element element, AnnotationMirror mirror) {
        return new SourcePlace(element, mirror, null, "");
    }

    static SourcePlace of(Element element, AnnotationMirror mirror, AnnotationValue value) {
        return new SourcePlace(element, mirror, value, "");
    }

    @Override
    public void print(Messager messager, Diagnostic.Kind kind, String message) {
        messager.printMessage(kind, message + suffix + inWords(messager), element, mirror, value);
    }

    /** Names the place where Eclipse's compiler prints none: it does not find records, nor what is in them. */
    private String inWords(Messager messager) {
        if (!messager.getClass().getName().startsWith("org.eclipse.jdt.")) {
            return "";
        }
        if (element.getKind() == ElementKind.RECORD) {
            return " (This is about record \"" + element + "\".)";
        }
        Element owner = element.getEnclosingElement();
        return owner.getKind() == ElementKind.RECORD
                ? " (This is about \"" + element.getSimpleName() + "\" of record \"" + owner + "\".)"
                : "";
    }
}
