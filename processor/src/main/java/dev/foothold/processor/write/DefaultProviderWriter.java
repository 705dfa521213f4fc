package dev.foothold.processor.write;

import static dev.foothold.processor.write.GeneratedClass.FOOTHOLD;
import static dev.foothold.processor.write.GeneratedClass.MODEL;
import static dev.foothold.processor.write.GeneratedClass.name;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.TypeSpec;
import dev.foothold.processor.model.ParameterModel;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Renders the typed subclass of the runtime's provider. */
final class DefaultProviderWriter {

    private static final String ENVIRON = "environ";

    private final ProviderModel provider;
    private final ClassName environ;
    private final ClassName self;

    DefaultProviderWriter(ProviderModel provider) {
        this.provider = provider;
        this.environ = name(provider.type());
        this.self = name(provider.provider());
    }

    TypeSpec.Builder write() {
        boolean zoned = provider.annotation().zoned();
        TypeSpec.Builder type = GeneratedClass.start(provider, provider.provider())
                .addJavadoc(
                        "Drives the provider {@code $L}: what {@link $T} answers for its cloud, with all that Foothold"
                                + " brings.\n\n<p>Generated from {@link $T}; everything it can do is inherited.\n",
                        provider.annotation().name().value(),
                        environ,
                        environ)
                .superclass(name(zoned ? RuntimeTypes.DEFAULT_ZONED_PROVIDER : RuntimeTypes.DEFAULT_PROVIDER))
                .addField(environ, ENVIRON, Modifier.PRIVATE, Modifier.FINAL)
                .addMethod(constructor())
                .addMethod(open())
                .addMethod(environ());
        if (provider.shape().isPublic()) {
            type.addModifiers(Modifier.PUBLIC);
        }
        return type;
    }

    private MethodSpec constructor() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addJavadoc("Takes over an environ that exists already.\n\n")
                .addParameter(environ, ENVIRON)
                .addJavadoc(
                        "@param " + ENVIRON + " the environ; closed together with this provider if it can be closed\n");
        GeneratedClass.addModelAndFoothold(constructor);
        if (provider.shape().isPublic()) {
            constructor.addModifiers(Modifier.PUBLIC);
        }
        return constructor
                .addStatement("super(" + ENVIRON + ", " + MODEL + ", " + FOOTHOLD + ")")
                .addStatement("this." + ENVIRON + " = " + ENVIRON)
                .build();
    }

    private MethodSpec open() {
        MethodSpec.Builder open = MethodSpec.methodBuilder("open")
                .addModifiers(Modifier.STATIC)
                .returns(self)
                .addJavadoc("Creates an environ and the provider that drives it.\n\n");
        if (provider.shape().isPublic() && provider.constructor().isPublic()) {
            open.addModifiers(Modifier.PUBLIC);
        }
        NameAllocator names = new NameAllocator();
        names.newName(MODEL, MODEL);
        names.newName(FOOTHOLD, FOOTHOLD);
        List<String> arguments = new ArrayList<>();
        for (ParameterModel parameter : provider.constructor().parameters()) {
            String argument = names.newName(parameter.name(), "parameter " + parameter.name());
            open.addParameter(GeneratedClass.typeOf(parameter.content()), argument)
                    .addJavadoc(
                            "@param " + Code.literally(argument) + " given to the constructor of {@link $T}\n",
                            environ);
            arguments.add(Code.literally(argument));
        }
        GeneratedClass.addModelAndFoothold(open);
        open.addJavadoc("@return the provider, to be closed by the caller\n");
        for (TypeRef exception : provider.constructor().exceptions()) {
            open.addException(name(exception))
                    .addJavadoc("@throws $T as the constructor of {@link $T} does\n", name(exception), environ);
        }
        String all = String.join(", ", arguments);
        return open.addStatement("return new $T(new $T(" + all + "), " + MODEL + ", " + FOOTHOLD + ")", self, environ)
                .build();
    }

    private MethodSpec environ() {
        return MethodSpec.methodBuilder("environ")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(environ)
                .addStatement("return " + ENVIRON)
                .build();
    }
}
