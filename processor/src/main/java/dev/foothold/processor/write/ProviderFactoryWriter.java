package dev.foothold.processor.write;

import static dev.foothold.processor.write.GeneratedClass.FOOTHOLD;
import static dev.foothold.processor.write.GeneratedClass.MODEL;
import static dev.foothold.processor.write.GeneratedClass.name;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.ParameterModel;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RecordModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.SettingModel;
import dev.foothold.processor.model.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import javax.lang.model.element.Modifier;

/** Renders the factory that is found by name and makes a provider of settings. */
final class ProviderFactoryWriter {

    private static final ClassName SPEC = name(RuntimeTypes.SETTING_SPEC);
    private static final ClassName TYPE = name(RuntimeTypes.SETTING_TYPE);
    private static final ClassName LIST = ClassName.get(List.class);
    private static final ClassName STRING = ClassName.get(String.class);
    private static final String SETTINGS = "settings";
    private static final String IN = "in";

    private final ProviderModel provider;
    private final ClassName environ;
    private final List<SettingModel> settings;

    ProviderFactoryWriter(ProviderModel provider) {
        this.provider = provider;
        this.environ = name(provider.type());
        this.settings = provider.constructor().records().stream()
                .flatMap(record -> record.settings().stream())
                .toList();
    }

    TypeSpec write() {
        TypeSpec.Builder type = GeneratedClass.start(provider, provider.factory())
                // ServiceLoader creates public classes only.
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(
                        "Makes the provider {@code $L} of settings; found through {@link $T}.\n\n<p>Generated from {@link"
                                + " $T}.\n",
                        provider.annotation().name().value(),
                        ServiceLoader.class,
                        environ)
                .addSuperinterface(name(RuntimeTypes.PROVIDER_FACTORY));
        settings.forEach(setting -> type.addField(spec(setting)));
        return type.addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PUBLIC)
                        .addJavadoc("Creates the factory; {@link $T} does it.\n", ServiceLoader.class)
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
                .addMethod(getter(
                                "settings",
                                ParameterizedTypeName.get(LIST, specOf(WildcardTypeName.subtypeOf(Object.class))))
                        .addStatement("return $T.of($L)", List.class, constants())
                        .build())
                .addMethod(open())
                .build();
    }

    private static MethodSpec.Builder getter(String method, TypeName type) {
        return MethodSpec.methodBuilder(method)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(type);
    }

    private FieldSpec spec(SettingModel setting) {
        SettingValue value = setting.value().orElseThrow();
        CodeBlock.Builder spec =
                CodeBlock.builder().add("$T", SPEC).indent().indent().add("\n.of($S, $L)", setting.key(), type(value));
        if (!setting.doc().isEmpty()) {
            spec.add("\n.withDoc($S)", setting.doc());
        }
        setting.defaultText().ifPresent(text -> spec.add("\n.withDefault($S)", text));
        if (setting.secret()) {
            spec.add("\n.asSecret()");
        }
        setting.environmentVariable().ifPresent(variable -> spec.add("\n.withEnvironmentVariable($S)", variable));
        spec.unindent().unindent();
        return FieldSpec.builder(
                        specOf(name(value.type())),
                        constant(setting),
                        Modifier.PRIVATE,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .initializer(spec.build())
                .build();
    }

    private static CodeBlock type(SettingValue value) {
        return value instanceof SettingValue.Standard standard
                ? CodeBlock.of("$T.$L", TYPE, standard.name())
                : CodeBlock.of("$T.oneOf($T.class)", TYPE, name(value.type()));
    }

    private MethodSpec open() {
        NameAllocator names = new NameAllocator();
        List.of(SETTINGS, MODEL, FOOTHOLD, IN).forEach(names::newName);
        MethodSpec.Builder open = MethodSpec.methodBuilder("open")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(name(RuntimeTypes.DEFAULT_PROVIDER))
                .addParameter(name(RuntimeTypes.SETTINGS), SETTINGS)
                .addParameter(name(RuntimeTypes.MODEL_SETTINGS), MODEL)
                .addParameter(name(RuntimeTypes.FOOTHOLD), FOOTHOLD);
        provider.constructor().exceptions().forEach(exception -> open.addException(name(exception)));
        open.addStatement("$T $N = $N.reader(name(), settings())", name(RuntimeTypes.SETTINGS_READER), IN, SETTINGS);
        CodeBlock.Builder records = CodeBlock.builder();
        List<CodeBlock> arguments = new ArrayList<>();
        for (ParameterModel parameter : provider.constructor().parameters()) {
            RecordModel record = parameter.record().orElseThrow();
            List<CodeBlock> components = new ArrayList<>();
            for (SettingModel setting : record.settings()) {
                String component = names.newName(setting.component());
                TypeName type = name(setting.value().orElseThrow().type());
                open.addStatement("$T $N = $N.get($N)", type, component, IN, constant(setting));
                components.add(CodeBlock.of("$N", component));
            }
            String local = names.newName(parameter.name());
            ClassName type = name(record.type());
            records.addStatement("$T $N = new $T($L)", type, local, type, CodeBlock.join(components, ",$W"));
            arguments.add(CodeBlock.of("$N, ", local));
        }
        return open.addStatement("$N.check()", IN)
                .addCode(records.build())
                .addStatement(
                        "return $T.open($L$N, $N)",
                        name(provider.provider()),
                        CodeBlock.join(arguments, ""),
                        MODEL,
                        FOOTHOLD)
                .build();
    }

    private CodeBlock aliases() {
        return provider.annotation().aliases().stream()
                .map(Located::value)
                .map(alias -> CodeBlock.of("$S", alias))
                .collect(CodeBlock.joining(",$W"));
    }

    private CodeBlock constants() {
        return settings.stream()
                .map(setting -> CodeBlock.of("$N", constant(setting)))
                .collect(CodeBlock.joining(",$W"));
    }

    private static String constant(SettingModel setting) {
        return setting.key().replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static ParameterizedTypeName specOf(TypeName type) {
        return ParameterizedTypeName.get(SPEC, type);
    }
}
