package dev.foothold.processor.write;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.foothold.processor.model.ProviderModel;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.Element;
import javax.tools.StandardLocation;

/** Writes what is generated from a provider: the same bytes for the same model, always. */
public final class ProviderWriter {

    private ProviderWriter() {}

    /**
     * Writes both classes and the manifest.
     *
     * @param provider a model in which no error was found
     * @param origin the annotated type: incremental builds delete what it gave when it changes
     * @param filer the compiler's writer
     * @return the files that the compiler refused because they exist, with what it says; empty if all is well
     * @throws IOException if a file cannot be written
     */
    public static Map<String, String> write(ProviderModel provider, Element origin, Filer filer) throws IOException {
        Map<String, String> refused = new LinkedHashMap<>();
        for (TypeSpec.Builder type :
                List.of(new DefaultProviderWriter(provider).write(), new ProviderFactoryWriter(provider).write())) {
            TypeSpec spec = type.addOriginatingElement(origin).build();
            try {
                JavaFile.builder(provider.type().packageName(), spec)
                        .indent("    ")
                        .skipJavaLangImports(true)
                        .build()
                        .writeTo(filer);
            } catch (FilerException e) {
                refused.put(provider.type().sibling(spec.name()).qualifiedName(), String.valueOf(e.getMessage()));
            }
        }
        String manifest = ManifestWriter.path(provider);
        try (Writer out = filer.createResource(StandardLocation.CLASS_OUTPUT, "", manifest, origin)
                .openWriter()) {
            out.write(ManifestWriter.write(provider));
        } catch (FilerException e) {
            refused.put(manifest, String.valueOf(e.getMessage()));
        }
        return refused;
    }
}
