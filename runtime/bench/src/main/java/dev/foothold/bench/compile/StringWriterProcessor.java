package dev.foothold.bench.compile;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/**
 * The least a processor can do that writes what ours writes: it finds the annotated classes and puts their numbers into
 * texts that it brought along as constants.
 *
 * <p>{@link StringWriter} generates the subclass that has the constants. Nothing here is done in a way that costs more
 * the first time, such as by a lambda.
 */
public abstract class StringWriterProcessor extends AbstractProcessor {

    private final String sample;
    private final String[][] perClass;
    private final String[][] together;
    private final Set<String> numbers = new TreeSet<>();

    /**
     * Creates the processor.
     *
     * @param sample the number that stands for any class's in the texts
     * @param perClass path and text of each file that each annotated class gives
     * @param together path and text of each file that all give together; a line with the number is one of each class
     */
    protected StringWriterProcessor(String sample, String[][] perClass, String[][] together) {
        this.sample = sample;
        this.perClass = perClass;
        this.together = together;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("dev.foothold.annotation.Provider", "dev.foothold.annotation.ZonedProvider");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        try {
            for (TypeElement annotation : annotations) {
                for (Element type : round.getElementsAnnotatedWith(annotation)) {
                    String number = number(type.getSimpleName().toString());
                    numbers.add(number);
                    for (String[] file : perClass) {
                        write(file[0].replace(sample, number), file[1].replace(sample, number), type);
                    }
                }
            }
            if (round.processingOver()) {
                for (String[] file : together) {
                    write(file[0], forAll(file[1]));
                }
            }
        } catch (IOException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.toString());
        }
        return false;
    }

    private void write(String path, String text, Element... origin) throws IOException {
        try (Writer out = create(path, origin)) {
            out.write(text);
        }
    }

    private Writer create(String path, Element... origin) throws IOException {
        if (path.endsWith(".java")) {
            String type = path.substring(0, path.length() - ".java".length()).replace('/', '.');
            JavaFileObject source = processingEnv.getFiler().createSourceFile(type, origin);
            return source.openWriter();
        }
        return processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", path, origin)
                .openWriter();
    }

    private String forAll(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.contains(sample)) {
                for (String number : numbers) {
                    lines.add(line.replace(sample, number));
                }
            } else {
                lines.add(line);
            }
        }
        return String.join("\n", lines);
    }

    private static String number(String name) {
        int start = 0;
        while (!Character.isDigit(name.charAt(start))) {
            start++;
        }
        return name.substring(start, start + Sources.DIGITS);
    }
}
