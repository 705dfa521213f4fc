package dev.foothold.processor.write;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.foothold.processor.model.ParameterModel;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.Surroundings;
import dev.foothold.processor.model.TypeRef;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Knows what the generated classes have in common: how they start, and the names in them. */
final class GeneratedClass {

    static final String MODEL = "model";
    static final String FOOTHOLD = "foothold";

    private static final String PROCESSOR = "dev.foothold.processor.ProviderProcessor";

    private GeneratedClass() {}

    static ClassName name(TypeRef type) {
        List<String> names = type.simpleNames();
        return ClassName.get(
                type.packageName(), names.get(0), names.subList(1, names.size()).toArray(String[]::new));
    }

    static ClassName name(String topLevel) {
        return name(TypeRef.topLevel(topLevel));
    }

    /** Gives the type of a parameter that was found usable. */
    static ClassName typeOf(ParameterModel.Content content) {
        if (content instanceof ParameterModel.Configuration configuration) {
            return name(configuration.record().type());
        } else if (content instanceof ParameterModel.Credential credential) {
            return name(credential.type());
        }
        throw new IllegalArgumentException("a parameter that cannot be made of settings");
    }

    static TypeSpec.Builder start(ProviderModel provider, TypeRef generated) {
        TypeSpec.Builder type = TypeSpec.classBuilder(name(generated))
                .addModifiers(Modifier.FINAL)
                .addAnnotation(AnnotationSpec.builder(name(RuntimeTypes.PROVIDER_GENERATED))
                        .addMember("value", "$T.class", name(provider.type()))
                        .build());
        Surroundings surroundings = provider.surroundings();
        if (surroundings.generatedIsVisible()) {
            type.addAnnotation(AnnotationSpec.builder(name(Surroundings.GENERATED))
                    .addMember("value", "$S", PROCESSOR)
                    .build());
        }
        if (surroundings.nullMarkedIsVisible()) {
            type.addAnnotation(name(Surroundings.NULL_MARKED));
        }
        if (!surroundings.suppressions().isEmpty()) {
            AnnotationSpec.Builder suppress = AnnotationSpec.builder(SuppressWarnings.class);
            surroundings.suppressions().forEach(lint -> suppress.addMember("value", "$S", lint));
            type.addAnnotation(suppress.build());
        }
        return type;
    }

    /** Adds what every way to open a provider takes last: the model and the Foothold. */
    static void addModelAndFoothold(MethodSpec.Builder method) {
        method.addParameter(name(RuntimeTypes.MODEL_SETTINGS), MODEL)
                .addJavadoc("@param " + MODEL + " the model it works for\n")
                .addParameter(name(RuntimeTypes.FOOTHOLD), FOOTHOLD)
                .addJavadoc("@param " + FOOTHOLD + " what it works with\n");
    }
}
