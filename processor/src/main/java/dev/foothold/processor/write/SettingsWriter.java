package dev.foothold.processor.write;

import static dev.foothold.processor.write.GeneratedClass.name;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.NameAllocator;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.foothold.processor.model.CredentialModel;
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
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;

/** Renders the constants that describe what a provider can be told: each before those that mention it. */
final class SettingsWriter {

    /** The constant that describes everything. */
    static final String SCHEMA = "SCHEMA";

    /** Starts a call that stands below the one before. */
    private static final String CALL = "\n        .";

    private static final String DEEPER = "                ";

    private static final ClassName SPEC = name(RuntimeTypes.SETTING_SPEC);
    private static final ClassName TYPE = name(RuntimeTypes.SETTING_TYPE);
    private static final ClassName GROUP = name(RuntimeTypes.SETTING_GROUP);
    private static final ClassName CREDENTIALS = name(RuntimeTypes.CREDENTIAL_SCHEMA);
    private static final ClassName PROVIDER_SCHEMA = name(RuntimeTypes.PROVIDER_SCHEMA);

    private static final Pattern WORD_START = Pattern.compile("([a-z0-9])([A-Z])");

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
        Code schema = new Code().type(PROVIDER_SCHEMA);
        call(schema, "of", provider.annotation().name().value());
        for (ParameterModel parameter : provider.constructor().parameters()) {
            boolean isConfiguration = parameter.content() instanceof ParameterModel.Configuration;
            String constant = parameter(parameter);
            parameters.add(constant);
            schema.text(CALL + (isConfiguration ? "withConfiguration(" : "withCredential(") + constant + ")");
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
        Code schema = new Code().type(CREDENTIALS);
        List<CredentialModel> choice = credential.choice();
        for (CredentialModel way : choice) {
            String authType = way.authType().value();
            String group = choice.size() == 1
                    ? group(way.record(), "", parameter.name() + "-attributes")
                    : group(way.record(), authType + "-", authType);
            if (way == choice.get(0)) {
                schema.text(CALL + "<").type(type).text(">of(");
            } else {
                schema.text(CALL + "or(");
            }
            schema.string(authType).text(", " + group + ")");
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
        List<String> values = specs.stream().map(spec -> "in.get(" + spec + ")").toList();
        int column = 4
                + CALL.length()
                + "of(in -> new (".length()
                + String.join(".", type.simpleNames()).length();
        Code code = new Code()
                .type(GROUP)
                .text(CALL + "of(in -> new ")
                .type(type)
                .text("(" + Code.lines(values, column, DEEPER + "        ") + ")");
        if (!specs.isEmpty()) {
            code.text(",\n" + DEEPER + Code.lines(specs, 4 + DEEPER.length(), DEEPER));
        }
        addConstant(ParameterizedTypeName.get(GROUP, type), group, code.text(")"));
        return group;
    }

    private String setting(SettingModel setting, String prefix) {
        String path = prefix + setting.key().value();
        SettingValue value = setting.value().orElseThrow();
        Code type = type(value, path);
        Code spec = new Code()
                .type(SPEC)
                .text(CALL + "of(")
                .string(setting.key().value())
                .text(", ")
                .code(type)
                .text(")");
        if (!setting.doc().isEmpty()) {
            call(spec, "withDoc", setting.doc());
        }
        setting.defaultText().ifPresent(text -> call(spec, "withDefault", text.value()));
        if (setting.isSecret()) {
            spec.text(CALL + "asSecret()");
        }
        setting.environmentVariable().ifPresent(name -> call(spec, "withEnvironmentVariable", name.value()));
        if (setting.immutable().isPresent()) {
            spec.text(CALL + "asImmutable()");
        }
        setting.deprecatedNames().forEach(name -> call(spec, "withDeprecatedName", name.value()));
        setting.fileKey().ifPresent(key -> call(spec, "orFile", key.value()));
        if (setting.fromFile().isPresent()) {
            spec.text(CALL + "fromFile()");
        }
        String constant = allocate(path);
        addConstant(ParameterizedTypeName.get(SPEC, typeOf(value)), constant, spec);
        return constant;
    }

    private static void call(Code code, String method, String text) {
        code.text(CALL + method + "(").string(text).text(")");
    }

    /** Renders the runtime's setting type; a record in it becomes a constant of its own first. */
    private Code type(SettingValue value, String path) {
        Code code = new Code().type(TYPE);
        if (value instanceof SettingValue.Standard standard) {
            return code.text("." + standard.name());
        } else if (value instanceof SettingValue.OneOf oneOf) {
            return code.text(".oneOf(").type(name(oneOf.type())).text(".values())");
        } else if (value instanceof SettingValue.ListOf list) {
            return code.text(".listOf(").code(type(list.element(), path)).text(")");
        } else if (value instanceof SettingValue.MapOf map) {
            return code.text(".mapOf(").code(type(map.element(), path)).text(")");
        } else if (value instanceof SettingValue.OptionalOf optional) {
            return code.text(".optional(").code(type(optional.element(), path)).text(")");
        } else if (value instanceof SettingValue.Group group) {
            return code.text(".group(" + group(group.record(), path + "-", path + "-group") + ")");
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
        String words = WORD_START.matcher(name).replaceAll("$1_$2").replace('-', '_');
        // Without a tag of ours the allocator makes a random one, which loads the JDK's cryptography.
        return names.newName(words.toUpperCase(Locale.ROOT), constants.size() + parameters.size() + name);
    }

    private void addConstant(TypeName type, String name, Code initializer) {
        constants.add(FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(initializer.build())
                .build());
    }
}
