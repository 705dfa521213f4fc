package dev.foothold.processor.read;

import dev.foothold.processor.model.TypeRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Names types, and makes sure that they are there. */
final class TypeReader {

    private TypeReader() {}

    static TypeRef ref(TypeElement type) {
        List<String> names = new ArrayList<>();
        for (Element e = type; e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
            names.add(0, e.getSimpleName().toString());
        }
        return new TypeRef(Visibility.packageOf(type).getQualifiedName().toString(), List.copyOf(names));
    }

    static TypeElement element(TypeMirror declared) {
        return (TypeElement) ((DeclaredType) declared).asElement();
    }

    /** Refuses a type if it, or any type it is made of, is not there. */
    static void requireResolved(TypeMirror type) throws UnresolvedTypeException {
        if (type.getKind() == TypeKind.ERROR) {
            throw new UnresolvedTypeException(type.toString());
        } else if (type instanceof ArrayType array) {
            requireResolved(array.getComponentType());
        } else if (type instanceof DeclaredType declared) {
            for (TypeMirror argument : declared.getTypeArguments()) {
                requireResolved(argument);
            }
        }
    }

    /** Collects the qualified names of all supertypes, and refuses the type if one is not there. */
    static Set<String> supertypes(TypeElement type) throws UnresolvedTypeException {
        Set<String> names = new HashSet<>();
        Deque<TypeElement> open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            TypeElement next = open.remove();
            List<TypeMirror> parents = new ArrayList<>(next.getInterfaces());
            if (next.getSuperclass().getKind() != TypeKind.NONE) {
                parents.add(next.getSuperclass());
            }
            for (TypeMirror parent : parents) {
                requireResolved(parent);
                TypeElement element = element(parent);
                if (names.add(element.getQualifiedName().toString())) {
                    open.add(element);
                }
            }
        }
        return names;
    }

    /** Tells whether a type is nested in an object of another. */
    static boolean isInner(TypeElement type) {
        return type.getNestingKind().isNested() && !type.getModifiers().contains(Modifier.STATIC);
    }
}
