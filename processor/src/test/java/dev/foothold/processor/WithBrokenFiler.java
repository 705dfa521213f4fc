package dev.foothold.processor;

import java.lang.reflect.Proxy;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** Runs a processor in a compiler that cannot create files. */
final class WithBrokenFiler extends AbstractProcessor {

    private final Processor processor;

    WithBrokenFiler(Processor processor) {
        this.processor = processor;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return processor.getSupportedAnnotationTypes();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return processor.getSupportedSourceVersion();
    }

    @Override
    public synchronized void init(ProcessingEnvironment real) {
        super.init(real);
        ClassLoader loader = getClass().getClassLoader();
        Object filer = Proxy.newProxyInstance(loader, new Class<?>[] {Filer.class}, (proxy, method, arguments) -> {
            throw new IllegalStateException("broken");
        });
        Object environment = Proxy.newProxyInstance(
                loader,
                new Class<?>[] {ProcessingEnvironment.class},
                (proxy, method, arguments) ->
                        method.getName().equals("getFiler") ? filer : method.invoke(real, arguments));
        processor.init((ProcessingEnvironment) environment);
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return processor.process(annotations, round);
    }
}
