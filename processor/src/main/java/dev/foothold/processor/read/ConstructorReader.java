package dev.foothold.processor.read;

import dev.foothold.processor.model.ConstructorModel;
import dev.foothold.processor.model.CredentialModel;
import dev.foothold.processor.model.KebabCase;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.ParameterModel;
import dev.foothold.processor.model.ParameterModel.Configuration;
import dev.foothold.processor.model.ParameterModel.Content;
import dev.foothold.processor.model.ParameterModel.Credential;
import dev.foothold.processor.model.ParameterModel.Other;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/** Reads the constructors that generated code could call, and notes every type they mention. */
final class ConstructorReader {

    private final Types types;
    private final PackageElement user;
    private final SettingReader settings;
    private final Mentions mentions;

    ConstructorReader(Types types, TypeElement annotated, SettingReader settings, Mentions mentions) {
        this.types = types;
        this.user = Visibility.packageOf(annotated);
        this.settings = settings;
        this.mentions = mentions;
    }

    List<ConstructorModel> read(TypeElement type) throws UnresolvedTypeException {
        List<ConstructorModel> constructors = new ArrayList<>();
        for (ExecutableElement constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
            if (!constructor.getModifiers().contains(Modifier.PRIVATE)) {
                constructors.add(constructor(constructor));
            }
        }
        return List.copyOf(constructors);
    }

    private ConstructorModel constructor(ExecutableElement constructor) throws UnresolvedTypeException {
        mentions.add(constructor);
        boolean isPublic = Visibility.isPublic(constructor);
        List<ParameterModel> parameters = new ArrayList<>();
        for (VariableElement parameter : constructor.getParameters()) {
            TypeMirror type = parameter.asType();
            TypeReader.requireResolved(type);
            parameters.add(new ParameterModel(
                    parameter.getSimpleName().toString(),
                    SourcePlace.of(parameter),
                    type.toString(),
                    content(type, parameters.size() == 1)));
            isPublic &= type.getKind() == TypeKind.DECLARED && Visibility.isPublic(TypeReader.element(type));
        }
        List<TypeRef> exceptions = new ArrayList<>();
        for (TypeMirror thrown : constructor.getThrownTypes()) {
            TypeElement exception = exception(thrown);
            mentions.add(exception);
            TypeRef ref = TypeReader.ref(exception);
            if (!exceptions.contains(ref)) {
                exceptions.add(ref);
            }
            isPublic &= Visibility.isPublic(exception);
        }
        return new ConstructorModel(
                SourcePlace.of(constructor), isPublic, List.copyOf(parameters), List.copyOf(exceptions));
    }

    /** Says what a parameter takes; the second one is the credential, and the first if its type says so. */
    private Content content(TypeMirror type, boolean second) throws UnresolvedTypeException {
        if (type.getKind() != TypeKind.DECLARED
                || !TypeReader.element(type).getTypeParameters().isEmpty()) {
            return new Other();
        }
        TypeElement element = TypeReader.element(type);
        if (element.getKind() == ElementKind.RECORD) {
            return second
                            || AnnotationReader.find(element, RuntimeTypes.CREDENTIAL)
                                    .isPresent()
                    ? credential(element, List.of(credential(element)))
                    : new Configuration(settings.read(element));
        }
        return choice(element).map(choice -> credential(element, choice)).orElseGet(Other::new);
    }

    private Content credential(TypeElement type, List<CredentialModel> choice) {
        return new Credential(TypeReader.ref(type), Visibility.isVisibleFrom(user, type), choice);
    }

    /** Reads a sealed interface whose permitted types are all records. */
    private Optional<List<CredentialModel>> choice(TypeElement type) throws UnresolvedTypeException {
        List<CredentialModel> choice = new ArrayList<>();
        if (type.getKind() != ElementKind.INTERFACE || !type.getModifiers().contains(Modifier.SEALED)) {
            return Optional.empty();
        }
        mentions.add(type);
        for (TypeMirror permitted : type.getPermittedSubclasses()) {
            TypeReader.requireResolved(permitted);
            TypeElement element = TypeReader.element(permitted);
            if (element.getKind() != ElementKind.RECORD
                    || !element.getTypeParameters().isEmpty()) {
                return Optional.empty();
            }
            choice.add(credential(element));
        }
        return Optional.of(List.copyOf(choice));
    }

    private CredentialModel credential(TypeElement record) throws UnresolvedTypeException {
        Optional<AnnotationReader> annotation = AnnotationReader.find(record, RuntimeTypes.CREDENTIAL);
        Optional<Located<String>> given =
                annotation.isPresent() ? annotation.get().text("value") : Optional.empty();
        Located<String> authType = given.filter(name -> !name.value().isEmpty())
                .orElseGet(() -> new Located<>(authType(record), settings.place(record)));
        return new CredentialModel(authType, settings.read(record));
    }

    /** {@code AccessKey} and {@code AccessKeyCredential} are {@code access-key}. */
    private static String authType(TypeElement record) {
        String name = record.getSimpleName().toString().replaceFirst("Credentials?$", "");
        return KebabCase.of(name.isEmpty() ? "Credential" : name);
    }

    /** Finds what generated code can declare for an exception: the nearest of its superclasses that it can see. */
    private TypeElement exception(TypeMirror thrown) throws UnresolvedTypeException {
        TypeReader.requireResolved(thrown);
        TypeElement exception = TypeReader.element(types.erasure(thrown));
        while (!Visibility.isVisibleFrom(user, exception)) {
            TypeReader.requireResolved(exception.getSuperclass());
            exception = TypeReader.element(exception.getSuperclass());
        }
        return exception;
    }
}
