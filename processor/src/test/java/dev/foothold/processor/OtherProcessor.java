package dev.foothold.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedList;
import java.util.Queue;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Stands for somebody else's processor: writes one source file in each round, in the order given. */
final class OtherProcessor extends AbstractProcessor {

    private record Source(String name, String text) {}

    private final Queue<Source> sources = new LinkedList<>();

    OtherProcessor writes(String name, String text) {
        sources.add(new Source(name, text));
        return this;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Source source = sources.poll();
        if (source != null) {
            try (Writer out =
                    processingEnv.getFiler().createSourceFile(source.name()).openWriter()) {
                out.write(source.text());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return false;
    }
}
