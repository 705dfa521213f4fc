package dev.foothold.processor.read;

import dev.foothold.processor.model.KebabCase;
import dev.foothold.processor.model.RecordModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.SettingModel;
import dev.foothold.processor.model.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/** Reads the settings out of one record. */
final class SettingReader {

    private final Types types;
    private final PackageElement user;
    private final TypeElement annotated;
    private final Predicate<Element> isSource;
    private final Mentions mentions;

    SettingReader(Types types, TypeElement annotated, Predicate<Element> isSource, Mentions mentions) {
        this.types = types;
        this.user = Visibility.packageOf(annotated);
        this.annotated = annotated;
        this.isSource = isSource;
        this.mentions = mentions;
    }

    RecordModel read(TypeElement record) throws UnresolvedTypeException {
        List<SettingModel> settings = new ArrayList<>();
        for (RecordComponentElement component : record.getRecordComponents()) {
            TypeReader.requireResolved(component.asType());
            settings.add(setting(record, component));
        }
        return new RecordModel(TypeReader.ref(record), List.copyOf(settings));
    }

    private SettingModel setting(TypeElement record, RecordComponentElement component) throws UnresolvedTypeException {
        String name = component.getSimpleName().toString();
        SourcePlace place = place(record, name);
        String key = KebabCase.of(name);
        String doc = "";
        Optional<String> defaultText = Optional.empty();
        boolean secret = false;
        Optional<String> variable = Optional.empty();
        Optional<AnnotationReader> found = AnnotationReader.find(component, RuntimeTypes.SETTING);
        if (found.isPresent()) {
            AnnotationReader setting = found.get();
            key = setting.isDefault("name") ? key : setting.text("name").value();
            doc = setting.text("doc").value();
            defaultText = given(setting, "defaultValue");
            secret = setting.flag("secret");
            variable = given(setting, "env").filter(env -> !env.isBlank());
        }
        TypeMirror type = component.asType();
        return new SettingModel(name, place, key, text(type), value(type), doc, defaultText, secret, variable);
    }

    private static Optional<String> given(AnnotationReader setting, String attribute) throws UnresolvedTypeException {
        return setting.isDefault(attribute)
                ? Optional.empty()
                : Optional.of(setting.text(attribute).value());
    }

    private Optional<SettingValue> value(TypeMirror type) {
        TypeMirror boxed = type instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : type;
        if (boxed.getKind() != TypeKind.DECLARED) {
            return Optional.empty();
        }
        TypeElement element = TypeReader.element(boxed);
        if (element.getKind() == ElementKind.ENUM) {
            mentions.add(element);
            return Visibility.isVisibleFrom(user, element)
                    ? Optional.of(new SettingValue.OneOf(TypeReader.ref(element)))
                    : Optional.empty();
        }
        return SettingValue.Standard.of(element.getQualifiedName().toString());
    }

    /** Leaves type annotations out. */
    private static String text(TypeMirror type) {
        return type instanceof DeclaredType declared
                        && declared.getTypeArguments().isEmpty()
                ? TypeReader.ref(TypeReader.element(type)).qualifiedName()
                : type.toString();
    }

    /** Points at the component through its field, which every javac can do; a record from a jar is only named. */
    private SourcePlace place(TypeElement record, String component) {
        if (!isSource.test(record)) {
            return new SourcePlace(
                    annotated, null, null, " (It is in \"" + record + "\", which is not being compiled.)");
        }
        return ElementFilter.fieldsIn(record.getEnclosedElements()).stream()
                .filter(field -> field.getSimpleName().contentEquals(component))
                .map(SourcePlace::of)
                .findFirst()
                .orElseGet(() -> SourcePlace.of(record));
    }
}
