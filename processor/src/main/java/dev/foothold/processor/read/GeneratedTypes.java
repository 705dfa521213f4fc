package dev.foothold.processor.read;

import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.TypeRef;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.ModuleElement.ProvidesDirective;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Finds out, when all is generated, what became of it. */
public final class GeneratedTypes {

    private final Elements elements;

    /**
     * Creates a view of the last round.
     *
     * @param elements the compiler's
     */
    public GeneratedTypes(Elements elements) {
        this.elements = elements;
    }

    /**
     * Names a type.
     *
     * @param type the type
     * @return its name
     */
    public static TypeRef ref(TypeElement type) {
        return TypeReader.ref(type);
    }

    /**
     * Tells whether a class was generated.
     *
     * @param origin what it is generated from
     * @param generated the class
     * @return false if there is no such class, or one that somebody wrote
     */
    public boolean contains(TypeElement origin, TypeRef generated) {
        TypeElement found = elements.getTypeElement(elements.getModuleOf(origin), generated.qualifiedName());
        if (found == null) {
            // Eclipse's compiler does not put it into the module.
            found = elements.getTypeElement(generated.qualifiedName());
        }
        return found != null
                && AnnotationReader.find(found, RuntimeTypes.PROVIDER_GENERATED).isPresent();
    }

    /**
     * Tells whether a module says that it provides a factory. To be asked in the last round only: javac 17 refuses a
     * module whose directives are looked at before the class that it provides is there.
     *
     * @param origin a type of the module
     * @param factory the factory
     * @return whether the module provides it
     */
    public boolean isProvided(TypeElement origin, TypeRef factory) {
        ModuleElement module = elements.getModuleOf(origin);
        return ElementFilter.providesIn(module.getDirectives()).stream()
                .filter(provides -> is(provides.getService(), RuntimeTypes.PROVIDER_FACTORY))
                .map(ProvidesDirective::getImplementations)
                .anyMatch(found -> found.stream().anyMatch(type -> is(type, factory.qualifiedName())));
    }

    private static boolean is(TypeElement type, String name) {
        return type.getQualifiedName().contentEquals(name);
    }
}
