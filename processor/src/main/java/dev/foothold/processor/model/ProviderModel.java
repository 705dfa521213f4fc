package dev.foothold.processor.model;

import java.util.List;

/**
 * Holds everything that is known about one annotated type.
 *
 * @param type the annotated type
 * @param place its declaration
 * @param annotations the provider annotations on it; at least one
 * @param shape what kind of declaration it is
 * @param capabilities the names of what its cloud can do beyond machines, sorted
 * @param constructors its constructors that are not private, in the order of the source
 * @param surroundings what the compilation around it has
 */
public record ProviderModel(
        TypeRef type,
        Place place,
        List<ProviderAnnotation> annotations,
        Shape shape,
        List<String> capabilities,
        List<ConstructorModel> constructors,
        Surroundings surroundings) {

    /**
     * Gives the annotation that says what to generate.
     *
     * @return the first
     */
    public ProviderAnnotation annotation() {
        return annotations.get(0);
    }

    /**
     * Gives the constructor that the generated class calls.
     *
     * @return the only one of a model that was checked
     */
    public ConstructorModel constructor() {
        return constructors.get(0);
    }

    /**
     * Names the generated subclass of the runtime's provider.
     *
     * @return for example {@code AcmeEnvironDefaultProvider}
     */
    public TypeRef provider() {
        return providerOf(type);
    }

    /**
     * Names the generated factory.
     *
     * @return for example {@code AcmeEnvironProviderFactory}
     */
    public TypeRef factory() {
        return factoryOf(type);
    }

    /**
     * Names the generated subclass of the runtime's provider.
     *
     * @param type the annotated type
     * @return a class of the same package
     */
    public static TypeRef providerOf(TypeRef type) {
        return type.generated("DefaultProvider");
    }

    /**
     * Names the generated factory.
     *
     * @param type the annotated type
     * @return a class of the same package
     */
    public static TypeRef factoryOf(TypeRef type) {
        return type.generated("ProviderFactory");
    }
}
