package dev.foothold.config;

import dev.foothold.internal.json.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One pass over what is given: finds values, and collects what is wrong instead of stopping at the first fault. */
final class Reading {

    private final Map<String, String> environment;
    private final SettingFiles files;
    private final Secrets secrets = new Secrets();
    private final List<Pending> faults = new ArrayList<>();
    private final List<SettingNotice> notices = new ArrayList<>();
    private final Map<String, String> immutable = new LinkedHashMap<>();
    private final List<SettingView> views = new ArrayList<>();
    private final Set<Secret> kept = new LinkedHashSet<>();
    private final Map<String, Given> found = new LinkedHashMap<>();

    Reading(Map<String, String> environment, SettingFiles files) {
        this.environment = environment;
        this.files = files;
    }

    /** A fault with words of others in it, which are shown once all secrets are known. */
    private record Pending(
            String key, @Nullable SettingSource source, String before, String foreign, boolean quoted, String after) {

        SettingFault without(Secrets secrets) {
            String words = secrets.cut(foreign);
            return new SettingFault(key, source, secrets.cutLong(before + (quoted ? quote(words) : words) + after));
        }
    }

    List<SettingFault> faults() {
        return faults.stream().map(fault -> fault.without(secrets)).toList();
    }

    List<SettingNotice> notices() {
        return notices;
    }

    Map<String, String> immutable() {
        return immutable;
    }

    List<SettingView> views() {
        return views;
    }

    /** Gives the texts of secret settings that were read; unlike others that are cut out of faults. */
    Set<Secret> kept() {
        return kept;
    }

    /** Notes the text of a secret setting. */
    void keep(String secret) {
        if (!secret.isBlank()) {
            kept.add(Secret.of(secret));
        }
    }

    /** Gives what was found for a setting, by its whole path; a file's content has taken the place of its path. */
    Map<String, Given> found() {
        return found;
    }

    /** Reads one setting: what is given under its keys, else its environment variable, else its default. */
    <T> @Nullable Read<T> setting(SettingSpec<T> spec, Scope scope) {
        int before = faults.size();
        Given given = find(spec, scope);
        if (faults.size() > before) {
            return null;
        }
        Place place = scope.place(spec, given == null ? null : given.source());
        boolean isGroup = groupOf(spec.type()) != null;
        if (given != null && !isGroup) {
            found.put(place.path(), given);
        }
        Read<T> read;
        if (given != null) {
            read = spec.type().read(given, place, this);
        } else if (spec.type().mayBeAbsent()) {
            read = spec.type().absent(place, this);
        } else {
            fault(place.path(), null, "is missing; " + wanted(spec, scope));
            return null;
        }
        if (read != null && !isGroup) {
            record(spec.type(), place, read.plain());
        }
        return read;
    }

    /** Tells of a value of another form than the type's. Always null, for the caller to return. */
    <T> @Nullable Read<T> mismatch(Place place, Given given, SettingType<T> type) {
        String expected = ", expected " + type.name();
        if (given instanceof Given.Text text) {
            if (place.secret() || type.holdsSecrets()) {
                fault(place.path(), place.source(), "found something else (not shown, it is a secret)" + expected);
            } else {
                faults.add(new Pending(place.path(), place.source(), "found ", text.text(), true, expected));
            }
        } else {
            String hint = given instanceof Given.Nothing ? " (a text without characters is written \"\")" : "";
            fault(place.path(), place.source(), "found " + given.form() + hint + expected);
        }
        return null;
    }

    /** Tells that the values of a group are each right, but not together. */
    void refused(Scope scope, String subject, String reason) {
        boolean whole = scope.path().isEmpty();
        faults.add(new Pending(
                scope.path(),
                whole ? null : scope.source(),
                (whole ? subject + " is" : "these values are") + " refused: ",
                reason,
                false,
                ""));
    }

    /** Tells of each key that nobody has asked for, without its value, which may be a secret under a wrong name. */
    void refuseUnused(Scope scope, Collection<String> names) {
        scope.unused()
                .forEach((key, value) ->
                        fault(scope.path(key), value.source(), "is not a setting; " + cure(scope, key, names)));
    }

    private static String cure(Scope scope, String key, Collection<String> names) {
        int dot = key.indexOf('.');
        String first = dot > 0 ? key.substring(0, dot) : key;
        if (dot > 0 && names.contains(first)) {
            return scope.dotted()
                    ? "\"" + scope.path(first) + "\" has no parts"
                    : "write \"" + key.substring(dot + 1) + "\" below \"" + scope.path(first) + "\"";
        }
        if (names.isEmpty()) {
            return "there are none";
        }
        return Nearest.to(key, names)
                .map(name -> "did you mean \"" + scope.path(name) + "\"?")
                .orElse("there are " + String.join(", ", new TreeSet<>(names)));
    }

    void fault(String key, @Nullable SettingSource source, String message) {
        faults.add(new Pending(key, source, message, "", false, ""));
    }

    /** Takes keys with dots apart at their first dot. */
    Map<String, Given> byFirstName(Given.Entries entries, Place place) {
        if (!entries.dotted()) {
            return entries.entries();
        }
        Scope scope = place.scope(entries);
        Map<String, Given> byName = new LinkedHashMap<>();
        for (String key : entries.entries().keySet()) {
            String name = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
            if (!byName.containsKey(name)) {
                Given given = given(scope, name, true);
                if (given != null) {
                    byName.put(name, given);
                }
            }
        }
        return byName;
    }

    /** Lists the keys of a group under which something must be given, and is not. */
    List<String> lacking(SettingGroup<?> group, Scope scope) {
        List<String> lacking = new ArrayList<>();
        for (SettingSpec<?> spec : group.specs()) {
            if (spec.keys().stream().anyMatch(scope::has)) {
                continue;
            }
            if (spec.type() instanceof GroupType<?> inner) {
                Place place = scope.place(spec, null);
                lacking.addAll(lacking(inner.group(), place.scope(Given.Entries.none(SettingSource.DEFAULT))));
            } else if (spec.defaultText() == null
                    && !spec.type().mayBeAbsent()
                    && !(scope.environment() && variable(spec) != null)) {
                lacking.add(scope.path(spec.name())
                        + (spec.fileKey() == null ? "" : " (or " + scope.path(spec.fileKey()) + ")"));
            }
        }
        return lacking;
    }

    /** Takes care that the secrets of a group that is not read are not shown either. */
    void hide(SettingGroup<?> group, Scope scope) {
        group.specs().stream()
                .filter(spec -> spec.secret() || spec.type().holdsSecrets())
                .forEach(spec -> hide(spec, scope));
    }

    /** Under whatever key: also the path of a file may be the secret itself. */
    private void hide(SettingSpec<?> spec, Scope scope) {
        for (String key : spec.keys()) {
            Given given = scope.exact(key);
            if (given != null) {
                secrets.add(given);
            }
        }
    }

    boolean anyInEnvironment(SettingGroup<?> group) {
        for (SettingSpec<?> spec : group.specs()) {
            SettingGroup<?> inner = groupOf(spec.type());
            if (variable(spec) != null || inner != null && anyInEnvironment(inner)) {
                return true;
            }
        }
        return false;
    }

    /** Gives the value of a setting's environment variable; one that is empty counts as not set. */
    @Nullable
    String variable(SettingSpec<?> spec) {
        String name = spec.environmentVariable();
        String value = name == null ? null : environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private @Nullable Given find(SettingSpec<?> spec, Scope scope) {
        boolean secret = scope.place(spec, null).secret();
        if (secret) {
            hide(spec, scope);
        }
        Given given = givenUnderOneName(spec, scope);
        String fileKey = spec.fileKey();
        Given file = fileKey == null ? null : scope.exact(fileKey);
        if (given != null && file != null) {
            fault(
                    scope.path(spec.name()),
                    given.source(),
                    "is given as \"" + spec.name() + "\" and also, from a file, as \"" + fileKey + "\" ("
                            + file.source() + "); keep one of them");
            return null;
        }
        if (file != null) {
            return content(spec, scope.path(String.valueOf(fileKey)), file, secret);
        }
        String exported = scope.environment() ? variable(spec) : null;
        if (given == null && exported != null) {
            given = new Given.Text(exported, SettingSource.environment(String.valueOf(spec.environmentVariable())));
        }
        String text = spec.defaultText();
        if (given == null && text != null) {
            given = new Given.Text(text, SettingSource.DEFAULT);
        }
        if (given != null && secret) {
            secrets.add(given);
        }
        return given == null || !spec.readsFile() || scope.filesRead()
                ? given
                : content(spec, scope.path(spec.name()), given, secret);
    }

    private @Nullable Given givenUnderOneName(SettingSpec<?> spec, Scope scope) {
        Given given = given(scope, spec.name(), spec.type().hasKeys());
        String name = spec.name();
        for (String former : spec.deprecatedNames()) {
            Given old = given(scope, former, spec.type().hasKeys());
            if (old == null) {
                continue;
            }
            if (given != null) {
                fault(
                        scope.path(former),
                        old.source(),
                        "is an old name of \"" + scope.path(spec.name()) + "\", which is given as \"" + name
                                + "\" too; keep \"" + spec.name() + "\"");
                continue;
            }
            given = old;
            name = former;
            notices.add(new SettingNotice(
                    scope.path(former),
                    old.source(),
                    "is an old name of \"" + scope.path(spec.name()) + "\"; use that"));
        }
        return given;
    }

    /** Gives what is given under a key, as a whole or, in keys with dots, in parts. */
    private @Nullable Given given(Scope scope, String key, boolean hasKeys) {
        Given whole = scope.exact(key);
        Map<String, Given> parts = hasKeys ? scope.below(key) : Map.of();
        if (parts.isEmpty()) {
            return whole;
        }
        Map<String, Given> all = new LinkedHashMap<>(parts);
        SettingSource source = parts.values().iterator().next().source();
        if (whole instanceof Given.Entries entries) {
            entries.entries().forEach((name, value) -> {
                if (all.put(name, value) != null) {
                    fault(scope.path(key) + "." + name, value.source(), "is given twice; keep one of them");
                }
            });
        } else if (whole != null && !(whole instanceof Given.Nothing)) {
            fault(
                    scope.path(key),
                    whole.source(),
                    "is given as a whole and also in parts, as "
                            + parts.keySet().stream()
                                    .map(name -> "\"" + scope.path(key) + "." + name + "\"")
                                    .toList()
                            + "; keep one of the two");
        }
        return new Given.Entries(all, source, true);
    }

    private Given.@Nullable Text content(SettingSpec<?> spec, String key, Given path, boolean secret) {
        if (!(path instanceof Given.Text text) || text.text().isBlank()) {
            fault(
                    key,
                    path.source(),
                    "found " + (path instanceof Given.Text ? "an empty text" : path.form())
                            + ", expected the path of a file");
            return null;
        }
        String file = secret ? "the file" : "file " + quote(text.text());
        try {
            Given.Text content = new Given.Text(FileText.decode(files.read(text.text())), path.source());
            if (content.text().isEmpty()) {
                fault(key, path.source(), file + " is empty, but must hold the value of \"" + spec.name() + "\"");
                return null;
            }
            if (secret) {
                secrets.add(content);
            }
            return content;
        } catch (CharacterCodingException e) {
            fault(key, path.source(), file + " is not UTF-8 text");
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            faults.add(new Pending(key, path.source(), file + " cannot be read: ", reason, false, ""));
        }
        return null;
    }

    /** The settings of groups within a list or map show themselves. */
    private void record(SettingType<?> type, Place place, @Nullable Object plain) {
        String value = shown(plain);
        boolean showsItself = holdsGroups(type) && !value.equals("[]") && !value.equals("{}");
        if (!showsItself) {
            views.add(new SettingView(place.path(), value, place.source()));
        }
        if (place.immutable()) {
            immutable.put(place.path(), value);
        }
    }

    private static boolean holdsGroups(SettingType<?> type) {
        if (type instanceof OptionalType<?> optional) {
            return holdsGroups(optional.type());
        }
        if (type instanceof ListType<?> list) {
            return holdsGroups(list.element());
        }
        return type instanceof MapType<?> map ? holdsGroups(map.element()) : type instanceof GroupType;
    }

    private static String shown(@Nullable Object plain) {
        if (plain == null) {
            return "";
        }
        return plain instanceof String text ? text : Json.compact(plain);
    }

    /** Gives the group a type makes values of, optional or not; null if it is no group. */
    static @Nullable SettingGroup<?> groupOf(SettingType<?> type) {
        if (type instanceof OptionalType<?> optional) {
            return groupOf(optional.type());
        }
        return type instanceof GroupType<?> group ? group.group() : null;
    }

    private String wanted(SettingSpec<?> spec, Scope scope) {
        StringBuilder wanted = new StringBuilder("expected ")
                .append(spec.type().name())
                .append(", as key \"")
                .append(scope.path(spec.name()))
                .append('"');
        if (spec.fileKey() != null) {
            wanted.append(" or, from a file, as key \"")
                    .append(scope.path(spec.fileKey()))
                    .append('"');
        }
        if (scope.environment() && spec.environmentVariable() != null) {
            wanted.append(" or in environment variable ").append(spec.environmentVariable());
        }
        return wanted.toString();
    }

    private static String quote(String text) {
        return Json.quote(text.length() > 100 ? text.substring(0, 100) + "…" : text);
    }
}
