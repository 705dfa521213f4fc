package dev.foothold.processor.read;

import dev.foothold.processor.model.ConstructorModel;
import dev.foothold.processor.model.ParameterModel;
import dev.foothold.processor.model.RecordModel;
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
                    parameter.getSimpleName().toString(), SourcePlace.of(parameter), type.toString(), record(type)));
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

    private Optional<RecordModel> record(TypeMirror type) throws UnresolvedTypeException {
        if (type.getKind() != TypeKind.DECLARED) {
            return Optional.empty();
        }
        TypeElement element = TypeReader.element(type);
        if (element.getKind() != ElementKind.RECORD
                || !element.getTypeParameters().isEmpty()
                || !Visibility.isVisibleFrom(user, element)) {
            return Optional.empty();
        }
        mentions.add(element);
        return Optional.of(settings.read(element));
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
