package dev.foothold.processor;

import com.google.auto.service.AutoService;
import dev.foothold.processor.check.Finding;
import dev.foothold.processor.check.Problem;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.ProviderAnnotation;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RuntimeTypes;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Lists the factories of all annotated classes where {@link java.util.ServiceLoader} looks for them, and warns of names
 * that two of them have.
 *
 * <p>The list depends on every annotated class, so incremental builds must treat the processor as aggregating. What is
 * wrong with a class is said by {@link ProviderProcessor}; here it is only left out.
 */
@AutoService(Processor.class)
public final class ProviderIndexProcessor extends AnnotatedTypesProcessor {

    private static final String INDEX = "META-INF/services/" + RuntimeTypes.PROVIDER_FACTORY;

    private final Set<String> factories = new TreeSet<>();
    private final Map<String, String> owners = new HashMap<>();

    /** Creates the processor; the compiler does it. */
    public ProviderIndexProcessor() {}

    @Override
    void complete(TypeElement type, ProviderModel provider, List<Finding> findings) {
        if (!findings.isEmpty()) {
            return;
        }
        factories.add(provider.factory().qualifiedName());
        String name = provider.type().qualifiedName();
        ProviderAnnotation annotation = provider.annotation();
        Stream.concat(Stream.of(annotation.name()), annotation.aliases().stream())
                .forEach(given -> claim(given, name));
    }

    private void claim(Located<String> name, String type) {
        String owner = owners.putIfAbsent(name.value(), type);
        if (owner != null) {
            Problem duplicate = Problem.DUPLICATE_NAME;
            name.place()
                    .print(processingEnv.getMessager(), duplicate.kind(), duplicate.message(name.value(), type, owner));
        }
    }

    @Override
    void failed(TypeElement type, Exception cause) {
        // ProviderProcessor read the same type, failed likewise and has said so.
    }

    @Override
    void over(RoundEnvironment round, SortedMap<String, Optional<String>> unresolved) {
        if (factories.isEmpty()) {
            return;
        }
        try {
            factories.addAll(listedBefore());
            try (Writer out = processingEnv
                    .getFiler()
                    .createResource(StandardLocation.CLASS_OUTPUT, "", INDEX)
                    .openWriter()) {
                out.write(String.join("\n", factories) + "\n");
            }
        } catch (FilerException e) {
            print(Problem.NOT_WRITTEN, INDEX, e.getMessage());
        } catch (IOException e) {
            print(Problem.INTERNAL, INDEX);
            processingEnv.getMessager().printMessage(Diagnostic.Kind.NOTE, e.toString());
        }
    }

    /** Finds what is listed already, by hand or by a build of other sources, and still exists. */
    private List<String> listedBefore() {
        try {
            return processingEnv
                    .getFiler()
                    .getResource(StandardLocation.CLASS_OUTPUT, "", INDEX)
                    .getCharContent(true)
                    .toString()
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(this::exists)
                    .toList();
        } catch (IOException e) {
            return List.of(); // the usual case: there is no such file; each file manager says so in its own way
        }
    }

    private boolean exists(String binaryName) {
        return !binaryName.isEmpty()
                && processingEnv.getElementUtils().getTypeElement(binaryName.replace('$', '.')) != null;
    }

    private void print(Problem problem, Object... names) {
        processingEnv.getMessager().printMessage(problem.kind(), problem.message(names));
    }
}
