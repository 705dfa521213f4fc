package dev.foothold.processor.write;

import static dev.foothold.processor.write.GeneratedClass.FOOTHOLD;
import static dev.foothold.processor.write.GeneratedClass.MODEL;
import static dev.foothold.processor.write.GeneratedClass.name;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RuntimeTypes;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Renders the factory that is found by name and makes a provider of settings. */
final class ProviderFactoryWriter {

    private static final ClassName LIST = ClassName.get(List.class);
    private static final ClassName STRING = ClassName.get(String.class);
    private static final String SETTINGS = "settings";
    private static final String IN = "in";

    private final ProviderModel provider;
    private final ClassName environ;

    ProviderFactoryWriter(ProviderModel provider) {
        this.provider = provider;
        this.environ = name(provider.type());
    }

    TypeSpec.Builder write() {
        TypeSpec.Builder type = GeneratedClass.start(provider, provider.factory())
                // ServiceLoader creates public classes only. It is written out: to Eclipse's compiler an import for
                // Javadoc only is unused.
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(
                        "Makes the provider {@code $L} of settings; found through {@link java.util.ServiceLoader}.\n\n"
                                + "<p>Generated from {@link $T}.\n",
                        provider.annotation().name().value(),
                        environ)
                .addSuperinterface(name(RuntimeTypes.PROVIDER_FACTORY));
        SettingsWriter settings = new SettingsWriter(provider);
        settings.write().forEach(type::addField);
        return type.addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PUBLIC)
                        .addJavadoc("Creates the factory; {@link java.util.ServiceLoader} does it.\n")
                        .build())
                .addMethod(getter("name", STRING)
                        .addStatement("return $S", provider.annotation().name().value())
                        .build())
                .addMethod(getter("aliases", ParameterizedTypeName.get(LIST, STRING))
                        .addStatement("return $T.of($L)", List.class, aliases())
                        .build())
                .addMethod(getter("description", STRING)
                        .addStatement("return $S", provider.annotation().description())
                        .build())
                .addMethod(getter("schema", name(RuntimeTypes.PROVIDER_SCHEMA))
                        .addStatement("return $N", SettingsWriter.SCHEMA)
                        .build())
                .addMethod(open(settings.parameters()));
    }

    private static MethodSpec.Builder getter(String method, TypeName type) {
        return MethodSpec.methodBuilder(method)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(type);
    }

    private MethodSpec open(List<String> parameters) {
        MethodSpec.Builder open = MethodSpec.methodBuilder("open")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(name(RuntimeTypes.DEFAULT_PROVIDER))
                .addParameter(name(RuntimeTypes.SETTINGS), SETTINGS)
                .addParameter(name(RuntimeTypes.MODEL_SETTINGS), MODEL)
                .addParameter(name(RuntimeTypes.FOOTHOLD), FOOTHOLD);
        provider.constructor().exceptions().forEach(exception -> open.addException(name(exception)));
        String read = SettingsWriter.SCHEMA + ".read(" + SETTINGS + ")";
        List<String> arguments = new ArrayList<>();
        if (parameters.isEmpty()) {
            open.addStatement(read);
        } else {
            open.addStatement("$T " + IN + " = " + read, name(RuntimeTypes.SETTING_VALUES));
            parameters.forEach(parameter -> arguments.add(IN + ".get(" + Code.literally(parameter) + ")"));
        }
        arguments.addAll(List.of(MODEL, FOOTHOLD));
        return open.addStatement("return $T.open(" + String.join(", ", arguments) + ")", name(provider.provider()))
                .build();
    }

    private CodeBlock aliases() {
        return provider.annotation().aliases().stream()
                .map(Located::value)
                .map(alias -> CodeBlock.of("$S", alias))
                .collect(CodeBlock.joining(",$W"));
    }
}
