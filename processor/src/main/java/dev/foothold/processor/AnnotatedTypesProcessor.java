package dev.foothold.processor;

import dev.foothold.processor.check.Finding;
import dev.foothold.processor.check.ProviderChecker;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.read.ProviderReader;
import dev.foothold.processor.read.UnresolvedTypeException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Walks through the rounds: reads and checks each annotated type once, as soon as all it mentions is there.
 *
 * <p>A type that mentions something that is not there is kept by name and read again in the next round, where another
 * processor's output may be found. Elements are never kept: they belong to one round.
 */
abstract class AnnotatedTypesProcessor extends AbstractProcessor {

    /** Annotated types that wait, and for which type, if it is one. */
    private final Map<String, Optional<String>> waiting = new LinkedHashMap<>();

    private final Set<String> sources = new HashSet<>();

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(RuntimeTypes.PROVIDER, RuntimeTypes.ZONED_PROVIDER);
    }

    @Override
    public Set<String> getSupportedOptions() {
        return ProcessorOption.keys();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    /** Leaves the annotations to whoever else wants them: always false. */
    @Override
    public final boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ElementFilter.typesIn(round.getRootElements())
                .forEach(type -> sources.add(type.getQualifiedName().toString()));
        if (round.processingOver()) {
            over(round, new TreeMap<>(waiting));
            return false;
        }
        Map<String, TypeElement> types = new LinkedHashMap<>();
        waiting.keySet()
                .forEach(name -> types.put(name, processingEnv.getElementUtils().getTypeElement(name)));
        for (TypeElement annotation : annotations) {
            ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))
                    .forEach(type -> types.put(type.getQualifiedName().toString(), type));
        }
        waiting.clear();
        ProviderReader reader = new ProviderReader(processingEnv, this::isSource);
        types.values().forEach(type -> step(reader, type));
        return false;
    }

    private void step(ProviderReader reader, TypeElement type) {
        try {
            ProviderModel provider = reader.read(type);
            complete(type, provider, ProviderChecker.check(provider));
        } catch (UnresolvedTypeException e) {
            waiting.put(type.getQualifiedName().toString(), e.missingType());
        } catch (RuntimeException e) {
            failed(type, e);
        }
    }

    /** Takes a type that was read and checked. */
    abstract void complete(TypeElement type, ProviderModel provider, List<Finding> findings);

    /** Takes a type that could not be read or completed because of a fault of the processor. */
    abstract void failed(TypeElement type, Exception cause);

    /** Ends the last round; {@code unresolved} names the types that still wait, and for which type, if it is one. */
    abstract void over(RoundEnvironment round, SortedMap<String, Optional<String>> unresolved);

    private boolean isSource(Element declaration) {
        Element outermost = declaration;
        while (outermost.getEnclosingElement().getKind() != ElementKind.PACKAGE) {
            outermost = outermost.getEnclosingElement();
        }
        return outermost instanceof TypeElement type
                && sources.contains(type.getQualifiedName().toString());
    }
}
