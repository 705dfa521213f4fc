package dev.foothold.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Describes documents that can be read as settings, in the words of JSON Schema 2020-12.
 *
 * <p>What environment variables may bring is not required. Where text is read, numbers and booleans are allowed too,
 * because that is what YAML makes of {@code 1.10} and {@code true}.
 */
final class JsonSchema {

    private static final List<String> SCALAR = List.of("string", "number", "boolean");
    private static final Pattern LITERAL = Pattern.compile("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?");

    private JsonSchema() {}

    static Map<String, Object> anyScalar() {
        return Map.of("type", SCALAR);
    }

    static Map<String, Object> notBlank() {
        return ordered("type", SCALAR, "pattern", "\\S");
    }

    static Map<String, Object> text(String form) {
        return ordered("type", "string", "pattern", pattern(form));
    }

    static Map<String, Object> typeOrText(Map<String, Object> type, String form) {
        return Map.of("anyOf", List.of(new TreeMap<>(type), text(form)));
    }

    /** Texts in any case; those that YAML takes for numbers and booleans as these, too. */
    static Map<String, Object> choice(List<String> texts) {
        List<Object> values = new ArrayList<>(texts);
        texts.stream()
                .filter(text -> LITERAL.matcher(text).matches() && !text.equals("null"))
                .map(Literal::new)
                .forEach(values::add);
        String anyCase = texts.stream().map(JsonSchema::inAnyCase).collect(Collectors.joining("|"));
        return Map.of("anyOf", List.of(Map.of("enum", values), text(anyCase)));
    }

    /** Describes documents with all the settings of a provider. */
    static Map<String, Object> document(
            String title, @Nullable SettingGroup<?> configuration, @Nullable CredentialSchema<?> credential) {
        Shape shape = new Shape();
        if (configuration != null) {
            shape.add(configuration, true);
        }
        if (credential != null) {
            addCredential(shape, credential);
        }
        Map<String, Object> schema = ordered("$schema", "https://json-schema.org/draft/2020-12/schema", "title", title);
        schema.putAll(shape.closed());
        return schema;
    }

    /** One alternative for each way to authenticate, and one for credentials that are kept apart. */
    private static void addCredential(Shape shape, CredentialSchema<?> credential) {
        List<Object> alternatives = new ArrayList<>();
        boolean mayBeLeftOut = false;
        boolean mayBeCompletedElsewhere = false;
        for (String authType : credential.authTypes()) {
            SettingGroup<?> group = credential.attributes(authType);
            Shape own = new Shape();
            own.properties.put(CredentialSchema.AUTH_TYPE, Map.of("const", authType));
            credential.keys().forEach(key -> own.properties.put(key, false));
            own.add(group, true);
            alternatives.add(own.open("credential of type \"" + authType + "\""));
            mayBeLeftOut |= own.required.isEmpty() && own.allOf.isEmpty();
            mayBeCompletedElsewhere |= group.specs().stream().anyMatch(spec -> spec.environmentVariable() != null);
        }
        if (!mayBeLeftOut) {
            Shape apart = new Shape();
            apart.properties.put(CredentialSchema.AUTH_TYPE, false);
            credential.keys().forEach(key -> apart.properties.put(key, false));
            alternatives.add(apart.open("credential that is kept apart"));
        }
        shape.properties.put(
                CredentialSchema.AUTH_TYPE,
                ordered("description", "The way to authenticate.", "enum", credential.authTypes()));
        credential.keys().forEach(key -> shape.properties.put(key, true));
        shape.allOf.add(Map.of(mayBeCompletedElsewhere ? "anyOf" : "oneOf", alternatives));
    }

    private static Map<String, Object> type(SettingType<?> type, boolean environment) {
        if (type instanceof OptionalType<?> optional) {
            Map<String, Object> inner = type(optional.type(), environment);
            return optional.type() instanceof GroupType<?> group && isMandatory(group, environment)
                    ? Map.of("anyOf", List.of(ordered("type", List.of("object", "null"), "maxProperties", 0), inner))
                    : inner;
        }
        if (type instanceof GroupType<?> group) {
            Shape shape = new Shape();
            shape.add(group.group(), environment);
            return isMandatory(group, environment) ? shape.closed() : shape.closedOrNull();
        }
        if (type instanceof ListType<?> list) {
            Map<String, Object> items = ordered("type", List.of("array", "null"), "items", type(list.element(), false));
            return Map.of("anyOf", List.of(items, list.element().hasParts() ? text("") : anyScalar()));
        }
        if (type instanceof MapType<?> map) {
            Map<String, Object> entries =
                    ordered("type", List.of("object", "null"), "additionalProperties", type(map.element(), false));
            String form = map.element().hasParts() ? "" : "|[^=,].*=.*";
            return Map.of("anyOf", List.of(entries, text(form)));
        }
        return ((ScalarType<?>) type).jsonSchema();
    }

    private static boolean isMandatory(GroupType<?> group, boolean environment) {
        return group.group().specs().stream().anyMatch(spec -> isMandatory(spec, environment));
    }

    private static boolean isMandatory(SettingSpec<?> spec, boolean environment) {
        if (spec.defaultText() != null || environment && spec.environmentVariable() != null) {
            return false;
        }
        return spec.type() instanceof GroupType<?> group
                ? isMandatory(group, environment)
                : !spec.type().mayBeAbsent();
    }

    private static Map<String, Object> property(SettingSpec<?> spec, boolean environment) {
        Map<String, Object> property = new LinkedHashMap<>();
        String doc = spec.doc()
                + (spec.readsFile() ? (spec.doc().isEmpty() ? "" : " ") + "The path of a file that holds it." : "");
        if (!doc.isEmpty()) {
            property.put("description", doc);
        }
        property.putAll(spec.readsFile() ? notBlank() : type(spec.type(), environment));
        if (spec.defaultText() != null && !spec.secret() && !spec.type().holdsSecrets()) {
            property.put("default", literal(spec, Objects.requireNonNull(spec.defaultText())));
        }
        if (spec.secret()) {
            property.put("writeOnly", true);
        }
        return property;
    }

    /** A default is shown as the number or boolean it is; what does not fit is for the reader to complain of. */
    private static Object literal(SettingSpec<?> spec, String text) {
        try {
            Object value = spec.readsFile() ? text : spec.type().parse(text);
            return value instanceof Number || value instanceof Boolean ? value : text;
        } catch (RuntimeException e) {
            return text;
        }
    }

    private static String pattern(String form) {
        return "^\\s*(?:" + form + ")\\s*$";
    }

    private static String inAnyCase(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> {
                    String lower = letter.toLowerCase(Locale.ROOT);
                    String upper = letter.toUpperCase(Locale.ROOT);
                    if (!lower.equals(upper)) {
                        boolean letters = lower.length() == 1 && upper.length() == 1;
                        return letters ? "[" + lower + upper + "]" : "(?:" + lower + "|" + upper + ")";
                    }
                    return "^$\\.*+?()[]{}|/".contains(letter) ? "\\" + letter : letter;
                })
                .collect(Collectors.joining());
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /** Something whose text is JSON itself. */
    private record Literal(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** The properties of an object, and what must hold among them. */
    private static final class Shape {

        private final Map<String, Object> properties = new LinkedHashMap<>();
        private final List<String> required = new ArrayList<>();
        private final List<Object> allOf = new ArrayList<>();

        void add(SettingGroup<?> group, boolean environment) {
            group.specs().forEach(spec -> add(spec, environment));
        }

        private void add(SettingSpec<?> spec, boolean environment) {
            Map<String, Object> property = property(spec, environment);
            properties.put(spec.name(), property);
            for (String former : spec.deprecatedNames()) {
                Map<String, Object> old = new LinkedHashMap<>(property);
                old.put("description", "Old name of " + spec.name() + ".");
                old.put("deprecated", true);
                old.remove("default");
                properties.put(former, old);
            }
            if (spec.fileKey() != null) {
                Map<String, Object> file = ordered("description", "The path of a file that holds " + spec.name() + ".");
                file.putAll(notBlank());
                properties.put(spec.fileKey(), file);
            }
            List<String> keys = spec.keys();
            boolean mandatory = isMandatory(spec, environment);
            if (keys.size() == 1) {
                required.addAll(mandatory ? keys : List.of());
            } else if (mandatory) {
                allOf.add(Map.of(
                        "oneOf",
                        keys.stream()
                                .map(key -> Map.of("required", List.of(key)))
                                .toList()));
            } else {
                // What is no object has all the properties one may require of it.
                pairs(keys)
                        .forEach(
                                pair -> allOf.add(Map.of("not", ordered("type", "object", "required", List.of(pair)))));
            }
        }

        /** Nothing else is allowed. */
        Map<String, Object> closed() {
            return closed("object");
        }

        /** Nothing else is allowed, but to leave out what stands after the key. */
        Map<String, Object> closedOrNull() {
            return closed(List.of("object", "null"));
        }

        private Map<String, Object> closed(Object type) {
            Map<String, Object> schema = ordered("type", type);
            schema.putAll(rules());
            schema.put("additionalProperties", false);
            return schema;
        }

        /** Other properties are somebody else's. */
        Map<String, Object> open(String title) {
            Map<String, Object> schema = ordered("title", title);
            schema.putAll(rules());
            return schema;
        }

        private Map<String, Object> rules() {
            Map<String, Object> rules = new LinkedHashMap<>();
            rules.put("properties", properties);
            if (!required.isEmpty()) {
                rules.put("required", required);
            }
            if (!allOf.isEmpty()) {
                rules.put("allOf", allOf);
            }
            return rules;
        }

        private static Stream<String[]> pairs(List<String> keys) {
            return keys.stream()
                    .flatMap(one -> keys.subList(keys.indexOf(one) + 1, keys.size()).stream()
                            .map(other -> new String[] {one, other}));
        }
    }
}
