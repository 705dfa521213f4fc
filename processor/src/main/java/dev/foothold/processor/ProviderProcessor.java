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
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.processing.FilerException;
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
            ProviderWriter.write(provider, type, processingEnv.getFiler());
            if (ProcessorOption.VERBOSE.isOn(processingEnv)) {
                String text = "Generated %s and %s for %s."
                        .formatted(provider.provider(), provider.factory(), provider.type());
                messager().printMessage(Diagnostic.Kind.NOTE, text, type);
            }
        } catch (FilerException e) {
            print(Problem.NOT_WRITTEN, type, provider.provider() + "\" or \"" + provider.factory(), e.getMessage());
        } catch (IOException e) {
            failed(type, e);
        }
    }

    @Override
    void failed(TypeElement type, Exception cause) {
        print(Problem.INTERNAL, type, type);
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace, true));
        messager().printMessage(Diagnostic.Kind.NOTE, trace.toString(), type);
    }

    @Override
    void over(RoundEnvironment round, Map<String, String> unresolved) {
        if (round.errorRaised()) {
            return; // the types that are missing probably are so because of that error
        }
        new TreeMap<>(unresolved).forEach((name, missing) -> {
            TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
            print(Problem.MISSING_TYPE, type, name, missing);
        });
    }

    private void print(Problem problem, TypeElement type, Object... names) {
        messager().printMessage(problem.kind(), problem.message(names), type);
    }

    private Messager messager() {
        return processingEnv.getMessager();
    }
}
