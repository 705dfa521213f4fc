package dev.foothold.processor.read;

import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;

/** Answers who can see a declaration, with all that enclose it taken into account. */
final class Visibility {

    private Visibility() {}

    /** Finds the nearest type, itself or enclosing, that is private. */
    static Optional<TypeElement> privateType(TypeElement type) {
        for (Element e = type; isType(e); e = e.getEnclosingElement()) {
            if (e.getModifiers().contains(Modifier.PRIVATE)) {
                return Optional.of((TypeElement) e);
            }
        }
        return Optional.empty();
    }

    static boolean isPublic(Element declaration) {
        for (Element e = declaration; e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
            if (!e.getModifiers().contains(Modifier.PUBLIC)) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a top-level class of the package may mention the type. */
    static boolean isVisibleFrom(PackageElement user, TypeElement type) {
        return isPublic(type)
                || (packageOf(type).equals(user) && privateType(type).isEmpty());
    }

    static PackageElement packageOf(Element declaration) {
        Element e = declaration;
        while (e.getKind() != ElementKind.PACKAGE) {
            e = e.getEnclosingElement();
        }
        return (PackageElement) e;
    }

    private static boolean isType(Element e) {
        return e.getKind().isClass() || e.getKind().isInterface();
    }
}
