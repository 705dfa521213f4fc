package dev.foothold.processor.write;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.foothold.processor.model.ProviderModel;
import java.io.IOException;
import java.util.List;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;

/** Writes the generated classes of a provider: the same bytes for the same model, always. */
public final class ProviderWriter {

    private ProviderWriter() {}

    /**
     * Writes both classes.
     *
     * @param provider a model in which no error was found
     * @param origin the annotated type: incremental builds delete what it gave when it changes
     * @param filer the compiler's writer
     * @throws javax.annotation.processing.FilerException if one of the files exists already
     * @throws IOException if a file cannot be written
     */
    public static void write(ProviderModel provider, Element origin, Filer filer) throws IOException {
        List<TypeSpec> types =
                List.of(new DefaultProviderWriter(provider).write(), new ProviderFactoryWriter(provider).write());
        for (TypeSpec type : types) {
            JavaFile.builder(
                            provider.type().packageName(),
                            type.toBuilder().addOriginatingElement(origin).build())
                    .indent("    ")
                    .skipJavaLangImports(true)
                    .build()
                    .writeTo(filer);
        }
    }
}
