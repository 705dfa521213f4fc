package dev.foothold.processor;

import com.google.auto.service.AutoService;
import dev.foothold.processor.check.Problem;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.ProviderAnnotation;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.TypeRef;
import dev.foothold.processor.read.GeneratedTypes;
import dev.foothold.processor.read.ProviderReader;
import dev.foothold.processor.read.UnresolvedTypeException;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Looks, when all is generated, at the factories of all annotated classes together: lists them where {@link
 * java.util.ServiceLoader} looks for them, warns of names that two of them have, and of modules that do not provide
 * them.
 *
 * <p>The list depends on every annotated class, so incremental builds must treat the processor as aggregating. What is
 * wrong with a single class is said by {@link ProviderProcessor}, which then generates no factory to list.
 */
@AutoService(Processor.class)
public final class ProviderIndexProcessor extends AbstractProcessor {

    private static final String INDEX = "META-INF/services/" + RuntimeTypes.PROVIDER_FACTORY;

    private final Set<String> annotated = new TreeSet<>();
    private final Set<String> modules = new HashSet<>();
    private final Map<String, String> owners = new HashMap<>();

    /** Creates the processor; the compiler does it. */
    public ProviderIndexProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(RuntimeTypes.PROVIDER, RuntimeTypes.ZONED_PROVIDER);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    /** Leaves the annotations to whoever else wants them: always false. */
    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        ElementFilter.modulesIn(round.getRootElements())
                .forEach(module -> modules.add(module.getQualifiedName().toString()));
        for (TypeElement annotation : annotations) {
            ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation))
                    .forEach(type -> annotated.add(type.getQualifiedName().toString()));
        }
        if (round.processingOver()) {
            list(!round.errorRaised());
        }
        return false;
    }

    private void list(boolean allIsWell) {
        GeneratedTypes generated = new GeneratedTypes(processingEnv.getElementUtils());
        Set<String> factories = new TreeSet<>();
        for (String name : annotated) {
            TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
            TypeRef factory = ProviderModel.factoryOf(GeneratedTypes.ref(type));
            if (generated.contains(type, factory)) {
                factories.add(factory.qualifiedName());
                claimNames(type);
                if (allIsWell && isModular(type) && !generated.isProvided(type, factory)) {
                    warn(type, factory);
                }
            }
        }
        if (!factories.isEmpty()) {
            write(factories);
        }
    }

    private void claimNames(TypeElement type) {
        try {
            ProviderAnnotation annotation = ProviderReader.annotations(type).get(0);
            String owner = type.getQualifiedName().toString();
            Stream.concat(Stream.of(annotation.name()), annotation.aliases().stream())
                    .forEach(given -> claim(given, owner));
        } catch (UnresolvedTypeException e) {
            // Cannot be: the factory was generated from what it says.
            throw new IllegalStateException(e);
        }
    }

    private void claim(Located<String> name, String type) {
        String owner = owners.putIfAbsent(name.value(), type);
        if (owner != null) {
            Problem duplicate = Problem.DUPLICATE_NAME;
            name.place()
                    .print(processingEnv.getMessager(), duplicate.kind(), duplicate.message(name.value(), type, owner));
        }
    }

    /** Only a module that is being compiled can be asked to say more. */
    private boolean isModular(TypeElement type) {
        return modules.contains(processingEnv
                .getElementUtils()
                .getModuleOf(type)
                .getQualifiedName()
                .toString());
    }

    private void warn(TypeElement type, TypeRef factory) {
        Problem missing = Problem.MISSING_PROVIDES;
        SuppressWarnings suppressed = type.getAnnotation(SuppressWarnings.class);
        if (suppressed == null || !List.of(suppressed.value()).contains(missing.id())) {
            var module = processingEnv.getElementUtils().getModuleOf(type);
            processingEnv
                    .getMessager()
                    .printMessage(
                            missing.kind(),
                            missing.message(module.getQualifiedName(), factory, type.getQualifiedName()),
                            module);
        }
    }

    private void write(Set<String> factories) {
        Set<String> all = new TreeSet<>(factories);
        all.addAll(listedBefore());
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", INDEX)
                .openWriter()) {
            out.write(String.join("\n", all) + "\n");
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
