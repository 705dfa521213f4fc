package dev.foothold.processor.write;

import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.ProviderModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Renders what tools can know of a provider without loading it: one JSON object in {@code
 * META-INF/foothold/<annotated class>.json}.
 */
final class ManifestWriter {

    private static final String DIRECTORY = "META-INF/foothold/";

    private ManifestWriter() {}

    static String path(ProviderModel provider) {
        return DIRECTORY + provider.type().qualifiedName() + ".json";
    }

    static String write(ProviderModel provider) {
        List<String> members = new ArrayList<>();
        members.add(member("format", "1"));
        members.add(member("name", text(provider.annotation().name().value())));
        members.add(member(
                "aliases",
                list(provider.annotation().aliases().stream()
                        .map(Located::value)
                        .toList())));
        members.add(member("description", text(provider.annotation().description())));
        members.add(member("environ", text(provider.type().qualifiedName())));
        members.add(member("provider", text(provider.provider().qualifiedName())));
        members.add(member("factory", text(provider.factory().qualifiedName())));
        members.add(member("capabilities", list(provider.capabilities())));
        return "{\n" + String.join(",\n", members) + "\n}\n";
    }

    private static String member(String name, String value) {
        return "  " + text(name) + ": " + value;
    }

    private static String list(List<String> texts) {
        return texts.stream().map(ManifestWriter::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted(c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
