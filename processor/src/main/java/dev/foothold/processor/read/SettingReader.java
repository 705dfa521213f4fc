package dev.foothold.processor.read;

import dev.foothold.processor.model.KebabCase;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.Place;
import dev.foothold.processor.model.RecordModel;
import dev.foothold.processor.model.RuntimeTypes;
import dev.foothold.processor.model.SettingModel;
import dev.foothold.processor.model.SettingValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Reads the settings out of one record, and out of the records in it. */
final class SettingReader {

    private static final String DEFAULT_VALUE = "defaultValue";

    /** What the runtime has for "no default". */
    private static final String REQUIRED = "\0required";

    private final Elements elements;
    private final Types types;
    private final PackageElement user;
    private final TypeElement annotated;
    private final Predicate<Element> isSource;
    private final Mentions mentions;

    /** The records that are being read, outermost first. */
    private final Deque<TypeElement> open = new ArrayDeque<>();

    SettingReader(
            Elements elements, Types types, TypeElement annotated, Predicate<Element> isSource, Mentions mentions) {
        this.elements = elements;
        this.types = types;
        this.user = Visibility.packageOf(annotated);
        this.annotated = annotated;
        this.isSource = isSource;
        this.mentions = mentions;
    }

    RecordModel read(TypeElement record) throws UnresolvedTypeException {
        open.push(record);
        mentions.add(record);
        List<SettingModel> settings = new ArrayList<>();
        for (RecordComponentElement component : record.getRecordComponents()) {
            TypeReader.requireResolved(component.asType());
            settings.add(setting(record, component));
        }
        open.pop();
        return new RecordModel(
                TypeReader.ref(record),
                Visibility.isVisibleFrom(user, record),
                isSource.test(record) && !declaresToString(record),
                List.copyOf(settings));
    }

    private SettingModel setting(TypeElement record, RecordComponentElement component) throws UnresolvedTypeException {
        String name = component.getSimpleName().toString();
        Element field = field(record, component);
        UnaryOperator<Place> visible = isSource.test(record) ? place -> place : place -> elsewhere(record);
        Place place = visible.apply(SourcePlace.of(field));
        Located<String> key = new Located<>(KebabCase.of(name), place);
        TypeMirror type = component.asType();
        Optional<SettingValue> value = value(type);
        Optional<AnnotationReader> found = AnnotationReader.find(field, RuntimeTypes.SETTING);
        if (found.isEmpty()) {
            Optional<Located<String>> none = Optional.empty();
            Optional<Place> unset = Optional.empty();
            return new SettingModel(
                    name, place, key, text(type), value, "", none, unset, none, unset, List.of(), none, unset);
        }
        SettingAnnotation setting = new SettingAnnotation(found.get(), visible);
        return new SettingModel(
                name,
                place,
                setting.text("name").orElse(key),
                text(type),
                value,
                setting.text("doc").map(Located::value).orElse(""),
                setting.text(DEFAULT_VALUE),
                setting.flag("secret"),
                setting.text("env"),
                setting.flag("immutable"),
                setting.texts("deprecatedNames"),
                setting.text("orFile"),
                setting.flag("fromFile"));
    }

    /**
     * Finds the field of a component, which carries the same annotation: compilers can point into the annotation of a
     * field, but not of a component. Eclipse's compiler loses some annotations of fields, so the component's is taken
     * where only that has one.
     */
    private static Element field(TypeElement record, RecordComponentElement component) {
        return ElementFilter.fieldsIn(record.getEnclosedElements()).stream()
                .filter(field -> field.getSimpleName().contentEquals(component.getSimpleName()))
                .filter(field -> isSetting(field) || !isSetting(component))
                .<Element>map(field -> field)
                .findFirst()
                .orElse(component);
    }

    private static boolean isSetting(Element declaration) {
        return AnnotationReader.find(declaration, RuntimeTypes.SETTING).isPresent();
    }

    /** Points at a record, or names it where it is not being compiled. */
    Place place(TypeElement record) {
        return isSource.test(record) ? SourcePlace.of(record) : elsewhere(record);
    }

    /** Stands for a place in a record that is not being compiled, which can only be named. */
    private Place elsewhere(TypeElement record) {
        return new SourcePlace(annotated, null, null, " (It is in \"" + record + "\", which is not being compiled.)");
    }

    /** Reads what one {@code @Setting} says beyond its defaults, each with where to complain about it. */
    private record SettingAnnotation(AnnotationReader values, UnaryOperator<Place> visible) {

        /** What is written as it is by default says nothing: an empty text, except for a default, or the word for none. */
        Optional<Located<String>> text(String attribute) throws UnresolvedTypeException {
            boolean mayBeEmpty = attribute.equals(DEFAULT_VALUE);
            return values.text(attribute)
                    .filter(text -> mayBeEmpty || !text.value().isEmpty())
                    .filter(text -> !text.value().equals(REQUIRED))
                    .map(this::visible);
        }

        List<Located<String>> texts(String attribute) throws UnresolvedTypeException {
            return values.texts(attribute).stream().map(this::visible).toList();
        }

        Optional<Place> flag(String attribute) {
            return values.flag(attribute).map(visible);
        }

        private Located<String> visible(Located<String> text) {
            return new Located<>(text.value(), visible.apply(text.place()));
        }
    }

    private Optional<SettingValue> value(TypeMirror type) throws UnresolvedTypeException {
        TypeMirror boxed = type instanceof PrimitiveType primitive
                ? types.boxedClass(primitive).asType()
                : type;
        if (boxed.getKind() != TypeKind.DECLARED) {
            return Optional.empty();
        }
        TypeElement element = TypeReader.element(boxed);
        List<? extends TypeMirror> arguments = ((DeclaredType) boxed).getTypeArguments();
        String name = element.getQualifiedName().toString();
        if (arguments.size() == 1 && name.equals("java.util.List")) {
            return element(arguments.get(0)).map(SettingValue.ListOf::new);
        }
        if (arguments.size() == 2 && name.equals("java.util.Map")) {
            return isText(arguments.get(0)) ? element(arguments.get(1)).map(SettingValue.MapOf::new) : Optional.empty();
        }
        if (arguments.size() == 1 && name.equals("java.util.Optional")) {
            return element(arguments.get(0)).map(SettingValue.OptionalOf::new);
        }
        if (element.getKind() == ElementKind.ENUM) {
            return constants(element);
        }
        if (element.getKind() == ElementKind.RECORD
                && !SettingValue.Standard.of(name).isPresent()) {
            return group(element);
        }
        return SettingValue.Standard.of(name);
    }

    /** A value that need not be there makes sense only where a key is looked for. */
    private Optional<SettingValue> element(TypeMirror type) throws UnresolvedTypeException {
        return value(type).filter(value -> !(value instanceof SettingValue.OptionalOf));
    }

    private static boolean isText(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED
                && TypeReader.element(type).getQualifiedName().contentEquals("java.lang.String");
    }

    private Optional<SettingValue> constants(TypeElement type) {
        mentions.add(type);
        List<String> names = type.getEnclosedElements().stream()
                .filter(member -> member.getKind() == ElementKind.ENUM_CONSTANT)
                .map(constant -> constant.getSimpleName().toString())
                .toList();
        // Users may write them in any case.
        long distinct = names.stream().map(KebabCase::of).distinct().count();
        return Visibility.isVisibleFrom(user, type) && !names.isEmpty() && distinct == names.size()
                ? Optional.of(new SettingValue.OneOf(TypeReader.ref(type), names))
                : Optional.empty();
    }

    private Optional<SettingValue> group(TypeElement record) throws UnresolvedTypeException {
        if (!record.getTypeParameters().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                open.contains(record)
                        ? new SettingValue.Recursion(TypeReader.ref(record))
                        : new SettingValue.Group(read(record)));
    }

    private boolean declaresToString(TypeElement record) {
        return ElementFilter.methodsIn(record.getEnclosedElements()).stream()
                .filter(method -> method.getSimpleName().contentEquals("toString"))
                .filter(method -> method.getParameters().isEmpty())
                .anyMatch(this::isWritten);
    }

    /** A method that javac adds has no mark of its own, but is final and without annotations. */
    private boolean isWritten(ExecutableElement method) {
        return elements.getOrigin(method) == Elements.Origin.EXPLICIT
                && !(method.getModifiers().contains(Modifier.FINAL)
                        && method.getAnnotationMirrors().isEmpty());
    }

    /** Leaves type annotations out. */
    private static String text(TypeMirror type) {
        if (type instanceof DeclaredType declared) {
            String name = TypeReader.ref(TypeReader.element(type)).qualifiedName();
            List<String> arguments = declared.getTypeArguments().stream()
                    .map(SettingReader::text)
                    .toList();
            return arguments.isEmpty() ? name : name + "<" + String.join(", ", arguments) + ">";
        }
        return type.toString();
    }
}
