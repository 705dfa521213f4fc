package dev.foothold.processor;

import com.google.auto.service.AutoService;
import dev.foothold.processor.check.Finding;
import dev.foothold.processor.check.Problem;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.write.ProviderWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import javax.annotation.processing.Messager;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;

/**
 * Checks each class with {@code @Provider} or {@code @ZonedProvider} and generates its provider and its factory.
 *
 * <p>Each file depends on one annotated class and what it mentions, so incremental builds may treat the processor as
 * isolating.
 */
@AutoService(Processor.class)
public final class ProviderProcessor extends AnnotatedTypesProcessor {

    /** Creates the processor; the compiler does it. */
    public ProviderProcessor() {}

    @Override
    void complete(TypeElement type, ProviderModel provider, List<Finding> findings) {
        findings.forEach(
                finding -> finding.place().print(messager(), finding.problem().kind(), finding.message()));
        if (!findings.isEmpty()) {
            return;
        }
        try {
            ProviderWriter.write(provider, type, processingEnv.getFiler())
                    .forEach((file, reason) -> print(Problem.NOT_WRITTEN, type, file, reason));
            if (ProcessorOption.VERBOSE.isOn(processingEnv)) {
                note(type, "Generated %s and %s.".formatted(provider.provider(), provider.factory()));
            }
        } catch (IOException e) {
            failed(type, e);
        }
    }

    @Override
    void failed(TypeElement type, Exception cause) {
        print(Problem.INTERNAL, type, type);
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        note(type, trace.toString());
    }

    @Override
    void over(RoundEnvironment round, SortedMap<String, Optional<String>> unresolved) {
        if (round.errorRaised()) {
            return; // the types that are missing probably are so because of that error
        }
        unresolved.forEach((name, missing) -> {
            TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
            missing.ifPresent(missingType -> print(Problem.MISSING_TYPE, type, name, missingType));
        });
    }

    private void print(Problem problem, TypeElement type, Object... names) {
        messager().printMessage(problem.kind(), problem.message(names), type);
    }

    private void note(TypeElement type, String text) {
        messager().printMessage(Diagnostic.Kind.NOTE, text, type);
    }

    private Messager messager() {
        return processingEnv.getMessager();
    }
}
