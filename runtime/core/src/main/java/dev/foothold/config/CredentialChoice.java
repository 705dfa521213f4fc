package dev.foothold.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides which way to authenticate is meant by what is given, and refuses what does not belong to it. */
final class CredentialChoice {

    private final CredentialSchema<?> schema;
    private final Reading in;
    private final Scope root;

    CredentialChoice(CredentialSchema<?> schema, Reading in, Scope root) {
        this.schema = schema;
        this.in = in;
        this.root = root;
    }

    /** Gives the way that is named, or else the only one that is possible; null if that is a fault. */
    @Nullable
    String authType() {
        Given named = root.exact(CredentialSchema.AUTH_TYPE);
        String authType = named == null ? onlyPossible() : supported(named);
        if (authType != null) {
            refuseOthers(authType);
            return authType;
        }
        // Nobody reads these now, but they are no unknown keys, and other faults must not show what they hide.
        schema.keys().forEach(root::use);
        schema.authTypes().forEach(type -> in.hide(schema.attributes(type), root));
        return null;
    }

    private @Nullable String supported(Given named) {
        List<String> authTypes = schema.authTypes();
        if (named instanceof Given.Text text && authTypes.contains(text.text().strip())) {
            return text.text().strip();
        }
        in.fault(
                CredentialSchema.AUTH_TYPE,
                named.source(),
                named instanceof Given.Text text
                        ? schema.unsupported(text.text())
                        : "found " + named.form() + ", expected one of " + String.join(", ", authTypes));
        return null;
    }

    /** Takes the way that knows all keys that are given and can be complete; what is given wins over what is not. */
    private @Nullable String onlyPossible() {
        if (schema.authTypes().size() == 1) {
            return schema.authTypes().get(0);
        }
        Set<String> given =
                schema.keys().stream().filter(root::has).collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> possible = schema.authTypes().stream()
                .filter(type -> keys(type).containsAll(given) && lacking(type).isEmpty())
                .toList();
        List<String> started = possible.stream()
                .filter(type -> keys(type).stream().anyMatch(root::has) || in.anyInEnvironment(schema.attributes(type)))
                .toList();
        List<String> left = started.isEmpty() ? possible : started;
        if (left.size() == 1) {
            return left.get(0);
        }
        in.fault(
                CredentialSchema.AUTH_TYPE,
                null,
                left.isEmpty()
                        ? "no credential is complete: "
                                + schema.authTypes().stream()
                                        .map(type -> whyNot(type, given))
                                        .collect(Collectors.joining("; "))
                        : "more than one credential is complete: " + String.join(", ", left) + "; choose one by key \""
                                + CredentialSchema.AUTH_TYPE + "\"");
        return null;
    }

    private String whyNot(String type, Set<String> given) {
        List<String> lacking = lacking(type);
        List<String> strange =
                given.stream().filter(key -> !keys(type).contains(key)).toList();
        return "\"" + type + "\""
                + (lacking.isEmpty() ? "" : " lacks " + String.join(", ", lacking))
                + (lacking.isEmpty() || strange.isEmpty() ? "" : " and")
                + (strange.isEmpty() ? "" : " does not know " + String.join(", ", strange));
    }

    private void refuseOthers(String authType) {
        for (String key : schema.keys()) {
            if (!keys(authType).contains(key) && root.has(key)) {
                root.use(key);
                in.fault(
                        key,
                        root.sourceOf(key),
                        "is no attribute of a credential of type \"" + authType
                                + "\"; remove it, or choose another type" + " by key \"" + CredentialSchema.AUTH_TYPE
                                + "\"");
            }
        }
    }

    private List<String> lacking(String type) {
        return in.lacking(schema.attributes(type), root);
    }

    private List<String> keys(String type) {
        return CredentialSchema.keysOf(schema.attributes(type));
    }
}
