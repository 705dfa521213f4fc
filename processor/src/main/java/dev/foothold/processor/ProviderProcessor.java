package dev.foothold.processor;

import com.google.auto.service.AutoService;
import dev.foothold.processor.check.Finding;
import dev.foothold.processor.check.Problem;
import dev.foothold.processor.check.ProviderChecker;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.read.ProviderReader;
import dev.foothold.processor.read.UnresolvedTypeException;
import dev.foothold.processor.write.ProviderWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Messager;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Checks each class with {@code @Provider} or {@code @ZonedProvider} and generates its provider and its factory.
 *
 * <p>A type that mentions something that is not there is kept by name and read again in the next round, where another
 * processor's output may be found. Elements are never kept: they belong to one round.
 *
 * <p>Each file depends on one annotated class and what it mentions, so incremental builds may treat the processor as
 * isolating.
 */
@AutoService(Processor.class)
public final class ProviderProcessor extends AbstractProcessor {

    /** Annotated types that wait, and for which type, if it is one. */
    private final Map<String, Optional<String>> waiting = new LinkedHashMap<>();

    private final Set<String> sources = new HashSet<>();

    /** Creates the processor; the compiler does it. */
    public ProviderProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(RuntimeTypes.PROVIDER, RuntimeTypes.ZONED_PROVIDER, RuntimeTypes.SETTING);
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
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ElementFilter.typesIn(round.getRootElements())
                .forEach(type -> sources.add(type.getQualifiedName().toString()));
        if (round.processingOver()) {
            if (!round.errorRaised()) { // the types that are missing probably are so because of that error
                new TreeMap<>(waiting).forEach(this::giveUp);
            }
            return false;
        }
        Map<String, TypeElement> types = new LinkedHashMap<>();
        waiting.keySet()
                .forEach(name -> types.put(name, processingEnv.getElementUtils().getTypeElement(name)));
        waiting.clear();
        for (TypeElement annotation : annotations) {
            Set<? extends Element> annotated = round.getElementsAnnotatedWith(annotation);
            if (annotation.getQualifiedName().contentEquals(RuntimeTypes.SETTING)) {
                ElementFilter.fieldsIn(annotated).forEach(this::setting);
            } else {
                ElementFilter.typesIn(annotated)
                        .forEach(type -> types.put(type.getQualifiedName().toString(), type));
            }
        }
        ProviderReader reader = new ProviderReader(processingEnv, this::isSource);
        types.values().forEach(type -> provider(reader, type));
        return false;
    }

    /** Reads, checks, prints, and unless something is wrong writes. */
    private void provider(ProviderReader reader, TypeElement type) {
        try {
            ProviderModel provider = reader.read(type);
            List<Finding> findings = ProviderChecker.check(provider);
            findings.forEach(finding ->
                    finding.place().print(messager(), finding.problem().kind(), finding.message()));
            if (findings.isEmpty()) {
                write(provider, type);
            }
        } catch (UnresolvedTypeException e) {
            waiting.put(type.getQualifiedName().toString(), e.missingType());
        } catch (IOException | RuntimeException e) {
            failed(type, e);
        }
    }

    private void write(ProviderModel provider, TypeElement type) throws IOException {
        ProviderWriter.write(provider, type, processingEnv.getFiler())
                .forEach((file, reason) -> print(Problem.NOT_WRITTEN, type, file, reason));
        if (ProcessorOption.VERBOSE.isOn(processingEnv)) {
            note(type, "Generated %s and %s.".formatted(provider.provider(), provider.factory()));
        }
    }

    /** The component of a record is given to processors as a field, too; any other field is a mistake. */
    private void setting(VariableElement field) {
        if (field.getEnclosingElement().getKind() != ElementKind.RECORD) {
            Problem stray = Problem.STRAY_SETTING;
            ProviderReader.placeOf(field, RuntimeTypes.SETTING)
                    .print(messager(), stray.kind(), stray.message(field, field.getEnclosingElement()));
        }
    }

    private void giveUp(String name, Optional<String> missing) {
        TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
        missing.ifPresent(missingType -> print(Problem.MISSING_TYPE, type, name, missingType));
    }

    private void failed(TypeElement type, Exception cause) {
        print(Problem.INTERNAL, type, type);
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        note(type, trace.toString());
    }

    private void print(Problem problem, TypeElement where, Object... names) {
        messager().printMessage(problem.kind(), problem.message(names), where);
    }

    private void note(TypeElement type, String text) {
        messager().printMessage(Diagnostic.Kind.NOTE, text, type);
    }

    private Messager messager() {
        return processingEnv.getMessager();
    }

    private boolean isSource(Element declaration) {
        Element outermost = declaration;
        while (outermost.getEnclosingElement().getKind() != ElementKind.PACKAGE) {
            outermost = outermost.getEnclosingElement();
        }
        return outermost instanceof TypeElement type
                && sources.contains(type.getQualifiedName().toString());
    }
}
