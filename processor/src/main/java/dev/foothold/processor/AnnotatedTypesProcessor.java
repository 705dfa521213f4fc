package dev.foothold.processor;

import dev.foothold.processor.check.Finding;
import dev.foothold.processor.check.ProviderChecker;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.read.ProviderReader;
import dev.foothold.processor.read.UnresolvedTypeException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** Annotated types that wait, and for what. */
    private final Map<String, String> waiting = new LinkedHashMap<>();

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
        Set<String> names = new LinkedHashSet<>(waiting.keySet());
        for (TypeElement annotation : annotations) {
            ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))
                    .forEach(type -> names.add(type.getQualifiedName().toString()));
        }
        if (round.processingOver()) {
            over(round, Map.copyOf(waiting));
            return false;
        }
        waiting.clear();
        ProviderReader reader = new ProviderReader(processingEnv, this::isSource);
        for (String name : names) {
            step(reader, processingEnv.getElementUtils().getTypeElement(name));
        }
        return false;
    }

    private void step(ProviderReader reader, TypeElement type) {
        try {
            ProviderModel provider = reader.read(type);
            complete(type, provider, ProviderChecker.check(provider));
        } catch (UnresolvedTypeException e) {
            waiting.put(type.getQualifiedName().toString(), e.name());
        } catch (RuntimeException e) {
            failed(type, e);
        }
    }

    /** Takes a type that was read and checked. */
    abstract void complete(TypeElement type, ProviderModel provider, List<Finding> findings);

    /** Takes a type that could not be read or completed because of a fault of the processor. */
    abstract void failed(TypeElement type, Exception cause);

    /** Ends the last round; {@code unresolved} names the types that still wait, and for what. */
    abstract void over(RoundEnvironment round, Map<String, String> unresolved);

    private boolean isSource(Element declaration) {
        Element outermost = declaration;
        while (outermost.getEnclosingElement().getKind() != ElementKind.PACKAGE) {
            outermost = outermost.getEnclosingElement();
        }
        return outermost instanceof TypeElement type
                && sources.contains(type.getQualifiedName().toString());
    }
}
