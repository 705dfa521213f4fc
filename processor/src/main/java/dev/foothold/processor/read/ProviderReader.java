package dev.foothold.processor.read;

import dev.foothold.processor.model.ConstructorModel;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.Place;
import dev.foothold.processor.model.ProviderAnnotation;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.Shape;
import dev.foothold.processor.model.Surroundings;
import dev.foothold.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads one annotated type, and all it refers to, into a {@link ProviderModel}; judges nothing. */
public final class ProviderReader {

    private final Elements elements;
    private final Types types;
    private final Predicate<Element> isSource;
    private final Map<ModuleElement, List<String>> missing = new HashMap<>();

    /**
     * Creates a reader for one round.
     *
     * @param environment the compiler
     * @param isSource tells whether a declaration is being compiled, as opposed to one from a class file
     */
    public ProviderReader(ProcessingEnvironment environment, Predicate<Element> isSource) {
        this.elements = environment.getElementUtils();
        this.types = environment.getTypeUtils();
        this.isSource = isSource;
    }

    /**
     * Reads one type.
     *
     * @param type a type with at least one provider annotation
     * @return what is known about it
     * @throws UnresolvedTypeException if something it mentions is not there (yet)
     */
    public ProviderModel read(TypeElement type) throws UnresolvedTypeException {
        Set<String> supertypes = TypeReader.supertypes(type);
        Mentions mentions = new Mentions(elements, type);
        mentions.add(type);
        SettingReader settings = new SettingReader(elements, types, type, isSource, mentions);
        List<ConstructorModel> constructors = new ConstructorReader(types, type, settings, mentions).read(type);
        return new ProviderModel(
                TypeReader.ref(type),
                SourcePlace.of(type),
                annotations(type),
                shape(type, supertypes),
                capabilities(supertypes),
                constructors,
                surroundings(type, mentions));
    }

    /**
     * Reads only what the provider annotations of a type say.
     *
     * @param type a type with at least one provider annotation
     * @return what they say, in the order of the source
     * @throws UnresolvedTypeException if a value of theirs is not there (yet)
     */
    public static List<ProviderAnnotation> annotations(TypeElement type) throws UnresolvedTypeException {
        List<ProviderAnnotation> annotations = new ArrayList<>();
        for (AnnotationMirror mirror : type.getAnnotationMirrors()) {
            String name = ((TypeElement) mirror.getAnnotationType().asElement())
                    .getQualifiedName()
                    .toString();
            boolean zoned = name.equals(RuntimeTypes.ZONED_PROVIDER);
            if (zoned || name.equals(RuntimeTypes.PROVIDER)) {
                AnnotationReader values = new AnnotationReader(type, mirror);
                annotations.add(new ProviderAnnotation(
                        zoned,
                        values.place(),
                        values.required("value"),
                        values.texts("aliases"),
                        values.text("description").map(Located::value).orElse("")));
            }
        }
        return List.copyOf(annotations);
    }

    /**
     * Points at an annotation.
     *
     * @param declaration what carries it
     * @param annotation its qualified name
     * @return where it is; the declaration if it is not there
     */
    public static Place placeOf(Element declaration, String annotation) {
        return AnnotationReader.find(declaration, annotation)
                .map(AnnotationReader::place)
                .orElseGet(() -> SourcePlace.of(declaration));
    }

    private static List<String> capabilities(Set<String> supertypes) {
        return RuntimeTypes.CAPABILITIES.entrySet().stream()
                .filter(capability -> supertypes.contains(capability.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }

    private static Shape shape(TypeElement type, Set<String> supertypes) {
        Optional<String> notAClass = switch (type.getKind()) {
            case INTERFACE -> Optional.of("an interface");
            case ENUM -> Optional.of("an enum");
            case ANNOTATION_TYPE -> Optional.of("an annotation type");
            default -> Optional.empty();
        };
        return new Shape(
                notAClass,
                type.getModifiers().contains(Modifier.ABSTRACT),
                !type.getTypeParameters().isEmpty(),
                TypeReader.isInner(type),
                Visibility.privateType(type).map(TypeReader::ref),
                Visibility.isPublic(type),
                supertypes.contains(RuntimeTypes.ENVIRON),
                supertypes.contains(RuntimeTypes.ZONED_ENVIRON));
    }

    private Surroundings surroundings(TypeElement type, Mentions mentions) {
        ModuleElement module = elements.getModuleOf(type);
        TypeRef ref = TypeReader.ref(type);
        return new Surroundings(
                missing.computeIfAbsent(module, this::missing),
                Stream.of(ProviderModel.providerOf(ref), ProviderModel.factoryOf(ref))
                        .filter(generated -> isTaken(module, generated))
                        .toList(),
                isMarkedBy(module, Surroundings.GENERATED, mentions),
                isMarkedBy(module, Surroundings.NULL_MARKED, mentions),
                mentions.lints());
    }

    /** Tells whether generated code can carry an annotation, and if so notes that it does. */
    private boolean isMarkedBy(ModuleElement module, String annotation, Mentions mentions) {
        TypeElement visible = elements.getTypeElement(module, annotation);
        if (visible != null) {
            mentions.add(visible);
        }
        return visible != null;
    }

    /** A type may be on the class path or in the module graph without being readable from the user's module. */
    private List<String> missing(ModuleElement module) {
        return RuntimeTypes.all().stream()
                .filter(name -> elements.getTypeElement(module, name) == null)
                .toList();
    }

    /** What an earlier build generated may still be on the class path; that is no clash. */
    private boolean isTaken(ModuleElement module, TypeRef generated) {
        TypeElement existing = elements.getTypeElement(module, generated.qualifiedName());
        return existing != null
                && AnnotationReader.find(existing, RuntimeTypes.PROVIDER_GENERATED)
                        .isEmpty();
    }
}
