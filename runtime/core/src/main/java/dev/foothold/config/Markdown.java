package dev.foothold.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the reference of a provider's settings as GitHub-flavoured Markdown. */
final class Markdown {

    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_{}\\[\\]<>#|~&]");
    private static final Pattern BREAK = Pattern.compile("\\s*\\R\\s*");

    private final StringBuilder out = new StringBuilder();

    private Markdown() {}

    static String reference(
            String providerName, @Nullable SettingGroup<?> configuration, @Nullable CredentialSchema<?> credential) {
        Markdown markdown = new Markdown();
        markdown.paragraph("# Settings of provider " + code(providerName));
        if (configuration != null) {
            markdown.paragraph("## Configuration");
            markdown.table(configuration);
        }
        if (credential != null) {
            markdown.credential(credential);
        }
        if (configuration == null && credential == null) {
            markdown.paragraph("There is nothing to set.");
        }
        return markdown.out.toString().strip() + "\n";
    }

    private void credential(CredentialSchema<?> credential) {
        List<String> types = credential.authTypes();
        paragraph("## Credential");
        if (types.size() > 1) {
            paragraph("One of the following. Key " + code(CredentialSchema.AUTH_TYPE)
                    + " says which; without it, it is the one that what is given completes.");
        }
        for (String type : types) {
            paragraph("### " + code(type));
            table(credential.attributes(type));
        }
    }

    private void table(SettingGroup<?> group) {
        List<List<String>> rows = new ArrayList<>();
        rows("", group, true, rows);
        if (rows.isEmpty()) {
            paragraph("There is nothing to set.");
            return;
        }
        row(List.of("Key", "Value", "Default", "Environment variable", "Description"));
        row(List.of("---", "---", "---", "---", "---"));
        rows.forEach(this::row);
        out.append('\n');
    }

    private static void rows(String path, SettingGroup<?> group, boolean environment, List<List<String>> rows) {
        for (SettingSpec<?> spec : group.specs()) {
            String key = path + spec.name();
            SettingType<?> type = spec.type() instanceof OptionalType<?> some ? some.type() : spec.type();
            rows.add(List.of(
                    code(key),
                    text(valueOf(type)),
                    defaultOf(spec, type),
                    environment && spec.environmentVariable() != null ? code(spec.environmentVariable()) : "",
                    text(description(spec))));
            if (spec.fileKey() != null) {
                rows.add(List.of(
                        code(path + spec.fileKey()),
                        "a path",
                        "",
                        "",
                        "The path of a file that holds " + code(key) + "."));
            }
            rowsBelow(key, type, environment, rows);
        }
    }

    private static void rowsBelow(String key, SettingType<?> type, boolean environment, List<List<String>> rows) {
        if (type instanceof GroupType<?> group) {
            rows(key + ".", group.group(), environment, rows);
        } else if (type instanceof ListType<?> list) {
            rowsBelow(key + "[]", list.element(), false, rows);
        } else if (type instanceof MapType<?> map) {
            rowsBelow(key + ".*", map.element(), false, rows);
        }
    }

    /** The parts of a group have rows of their own. */
    private static String valueOf(SettingType<?> type) {
        if (type instanceof GroupType) {
            return "a group";
        }
        if (type instanceof ListType<?> list && list.element() instanceof GroupType) {
            return "a list of groups";
        }
        return type instanceof MapType<?> map && map.element() instanceof GroupType
                ? "a mapping to groups"
                : type.name();
    }

    private static String defaultOf(SettingSpec<?> spec, SettingType<?> type) {
        if (spec.defaultText() != null) {
            return spec.secret() || type.holdsSecrets() ? "(secret)" : code(spec.defaultText());
        }
        return spec.type() instanceof OptionalType ? "none" : type instanceof GroupType ? "" : "must be given";
    }

    private static String description(SettingSpec<?> spec) {
        List<String> sentences = new ArrayList<>();
        if (!spec.doc().isBlank()) {
            sentences.add(spec.doc().strip());
        }
        if (spec.readsFile()) {
            sentences.add("What is given is the path of a file that holds the value.");
        }
        if (spec.secret()) {
            sentences.add("Secret.");
        }
        if (spec.immutable()) {
            sentences.add("Cannot change during the life of a model.");
        }
        if (!spec.deprecatedNames().isEmpty()) {
            sentences.add("Formerly " + String.join(", ", spec.deprecatedNames()) + ".");
        }
        return String.join(" ", sentences);
    }

    private void paragraph(String text) {
        out.append(text).append("\n\n");
    }

    private void row(List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String text(String text) {
        return SPECIAL.matcher(oneLine(text)).replaceAll("\\\\$0");
    }

    /** In a table, a bar ends the cell even within code, unless it is escaped. */
    private static String code(String text) {
        String line = oneLine(text).replace("|", "\\|");
        if (line.isEmpty()) {
            return "(empty)";
        }
        String fence = "`";
        while (line.contains(fence)) {
            fence += "`";
        }
        String space = line.startsWith("`") || line.endsWith("`") || line.isBlank() ? " " : "";
        return fence + space + line + space + fence;
    }

    private static String oneLine(String text) {
        return BREAK.matcher(text).replaceAll(" ");
    }
}
