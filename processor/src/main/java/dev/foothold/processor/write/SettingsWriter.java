package dev.foothold.processor.write;

import static dev.foothold.processor.write.GeneratedClass.name;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.foothold.processor.model.CredentialModel;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.ParameterModel;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RecordModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.SettingModel;
import dev.foothold.processor.model.SettingValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Renders the constants that describe what a provider can be told: each before those that mention it. */
final class SettingsWriter {

    /** The constant that describes everything. */
    static final String SCHEMA = "SCHEMA";

    private static final ClassName SPEC = name(RuntimeTypes.SETTING_SPEC);
    private static final ClassName TYPE = name(RuntimeTypes.SETTING_TYPE);
    private static final ClassName GROUP = name(RuntimeTypes.SETTING_GROUP);
    private static final ClassName CREDENTIALS = name(RuntimeTypes.CREDENTIAL_SCHEMA);
    private static final ClassName PROVIDER_SCHEMA = name(RuntimeTypes.PROVIDER_SCHEMA);

    private final ProviderModel provider;
    private final NameAllocator names = new NameAllocator();
    private final Map<String, String> groups = new HashMap<>();
    private final List<FieldSpec> constants = new ArrayList<>();
    private final List<String> parameters = new ArrayList<>();

    SettingsWriter(ProviderModel provider) {
        this.provider = provider;
        names.newName(SCHEMA, SCHEMA);
    }

    /** Renders all constants, in the order in which they have to be declared. */
    List<FieldSpec> write() {
        CodeBlock.Builder schema = chain(PROVIDER_SCHEMA)
                .add("\n.of($S)", provider.annotation().name().value());
        for (ParameterModel parameter : provider.constructor().parameters()) {
            boolean isConfiguration = parameter.content() instanceof ParameterModel.Configuration;
            String constant = parameter(parameter);
            parameters.add(constant);
            schema.add("\n.$L($N)", isConfiguration ? "withConfiguration" : "withCredential", constant);
        }
        addConstant(PROVIDER_SCHEMA, SCHEMA, schema);
        return List.copyOf(constants);
    }

    /** Names the constants that describe the constructor's parameters, in order; known once all were written. */
    List<String> parameters() {
        return List.copyOf(parameters);
    }

    private String parameter(ParameterModel parameter) {
        if (parameter.content() instanceof ParameterModel.Configuration configuration) {
            return group(configuration.record(), "", parameter.name());
        }
        ParameterModel.Credential credential = (ParameterModel.Credential) parameter.content();
        ClassName type = name(credential.type());
        CodeBlock.Builder schema = chain(CREDENTIALS);
        List<CredentialModel> choice = credential.choice();
        for (CredentialModel way : choice) {
            String authType = way.authType().value();
            String group = choice.size() == 1
                    ? group(way.record(), "", parameter.name() + "-attributes")
                    : group(way.record(), authType + "-", authType);
            schema.add(way == choice.get(0) ? CodeBlock.of("\n.<$T>of", type) : CodeBlock.of("\n.or"));
            schema.add("($S, $N)", authType, group);
        }
        String constant = allocate(parameter.name());
        addConstant(ParameterizedTypeName.get(CREDENTIALS, type), constant, schema);
        return constant;
    }

    /** Renders a record, after all that it is made of; once, wherever it is needed. */
    private String group(RecordModel record, String prefix, String wanted) {
        String known = groups.get(record.type().qualifiedName());
        if (known != null) {
            return known;
        }
        List<String> specs = new ArrayList<>();
        for (SettingModel setting : record.settings()) {
            specs.add(setting(setting, prefix));
        }
        String group = allocate(wanted);
        groups.put(record.type().qualifiedName(), group);
        ClassName type = name(record.type());
        CodeBlock values =
                specs.stream().map(spec -> CodeBlock.of("in.get($N)", spec)).collect(CodeBlock.joining(",$W"));
        CodeBlock.Builder initializer = chain(GROUP).add("\n.of(in -> new $T($L)", type, values);
        if (!specs.isEmpty()) {
            CodeBlock all = specs.stream().map(spec -> CodeBlock.of("$N", spec)).collect(CodeBlock.joining(",$W"));
            initializer.add(",\n$>$>$L$<$<", all);
        }
        addConstant(ParameterizedTypeName.get(GROUP, type), group, initializer.add(")"));
        return group;
    }

    private String setting(SettingModel setting, String prefix) {
        String path = prefix + setting.key().value();
        SettingValue value = setting.value().orElseThrow();
        CodeBlock type = type(value, path);
        CodeBlock.Builder spec = chain(SPEC).add("\n.of($S, $L)", setting.key().value(), type);
        if (!setting.doc().isEmpty()) {
            spec.add("\n.withDoc($S)", setting.doc());
        }
        call(spec, "withDefault", setting.defaultText());
        if (setting.isSecret()) {
            spec.add("\n.asSecret()");
        }
        call(spec, "withEnvironmentVariable", setting.environmentVariable());
        if (setting.immutable().isPresent()) {
            spec.add("\n.asImmutable()");
        }
        setting.deprecatedNames().forEach(name -> call(spec, "withDeprecatedName", Optional.of(name)));
        call(spec, "orFile", setting.fileKey());
        if (setting.fromFile().isPresent()) {
            spec.add("\n.fromFile()");
        }
        String constant = allocate(path);
        addConstant(ParameterizedTypeName.get(SPEC, typeOf(value)), constant, spec);
        return constant;
    }

    /** Starts an initializer whose calls stand one below the other. */
    private static CodeBlock.Builder chain(ClassName type) {
        return CodeBlock.builder().add("$T$>$>", type);
    }

    private static void call(CodeBlock.Builder spec, String method, Optional<Located<String>> text) {
        text.ifPresent(given -> spec.add("\n.$L($S)", method, given.value()));
    }

    /** Renders the runtime's setting type; a record in it becomes a constant of its own first. */
    private CodeBlock type(SettingValue value, String path) {
        if (value instanceof SettingValue.Standard standard) {
            return CodeBlock.of("$T.$L", TYPE, standard.name());
        } else if (value instanceof SettingValue.OneOf oneOf) {
            return CodeBlock.of("$T.oneOf($T.values())", TYPE, name(oneOf.type()));
        } else if (value instanceof SettingValue.ListOf list) {
            return CodeBlock.of("$T.listOf($L)", TYPE, type(list.element(), path));
        } else if (value instanceof SettingValue.MapOf map) {
            return CodeBlock.of("$T.mapOf($L)", TYPE, type(map.element(), path));
        } else if (value instanceof SettingValue.OptionalOf optional) {
            return CodeBlock.of("$T.optional($L)", TYPE, type(optional.element(), path));
        } else if (value instanceof SettingValue.Group group) {
            return CodeBlock.of("$T.group($N)", TYPE, group(group.record(), path + "-", path + "-group"));
        }
        throw new IllegalArgumentException("a setting that cannot be described: " + path);
    }

    private static TypeName typeOf(SettingValue value) {
        if (value instanceof SettingValue.Standard standard) {
            return name(standard.type());
        } else if (value instanceof SettingValue.OneOf oneOf) {
            return name(oneOf.type());
        } else if (value instanceof SettingValue.ListOf list) {
            return ParameterizedTypeName.get(ClassName.get(List.class), typeOf(list.element()));
        } else if (value instanceof SettingValue.MapOf map) {
            return ParameterizedTypeName.get(
                    ClassName.get(Map.class), ClassName.get(String.class), typeOf(map.element()));
        } else if (value instanceof SettingValue.OptionalOf optional) {
            return ParameterizedTypeName.get(ClassName.get(Optional.class), typeOf(optional.element()));
        } else if (value instanceof SettingValue.Group group) {
            return name(group.record().type());
        }
        throw new IllegalArgumentException("a setting that cannot be described");
    }

    /** Makes a constant's name of a key or a parameter's name. */
    private String allocate(String name) {
        String words = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_');
        // Without a tag of ours the allocator makes a random one, which loads the JDK's cryptography.
        return names.newName(words.toUpperCase(Locale.ROOT), constants.size() + parameters.size() + name);
    }

    private void addConstant(TypeName type, String name, CodeBlock.Builder initializer) {
        constants.add(FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(initializer.add("$<$<").build())
                .build());
    }
}
