package dev.foothold.processor.check;

import dev.foothold.processor.model.Place;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;

/**
 * Lists everything the processor can complain about, with the words it uses.
 *
 * <p>A text is one or more full sentences that quote the user's names and end with what to do.
 */
public enum Problem {
    /** The annotation is on an interface, an enum or an annotation type. */
    NOT_A_CLASS("%s applies to classes only, but \"%s\" is %s. Annotate the class that talks to the cloud."),
    /** The class is abstract. */
    ABSTRACT_CLASS("%s class \"%s\" must not be abstract: the generated class creates it. Make it concrete."),
    /** The class, or one around it, is private. */
    PRIVATE_CLASS("%s class \"%s\" cannot be seen by the generated class, because \"%s\" is private."
            + " Remove that modifier."),
    /** The class is nested and not static. */
    INNER_CLASS("Nested %s class \"%s\" must be static: the generated class has no enclosing object to create it in."),
    /** The class has type parameters. */
    GENERIC_CLASS("%s class \"%s\" must not have type parameters: the generated class could not name their values."
            + " Annotate a subclass that fixes them."),
    /** All constructors are private. */
    NO_USABLE_CONSTRUCTOR("%s class \"%s\" needs a constructor the generated class can call, but all of its"
            + " constructors are private. Make one of them package-private or public."),
    /** More than one constructor is not private. */
    AMBIGUOUS_CONSTRUCTOR("%s class \"%s\" has %s constructors that are not private, so the generated class cannot tell"
            + " which to call. Make all but one of them private."),
    /** A constructor parameter is nothing that can be made of settings, or one too many. */
    BAD_CONSTRUCTOR_PARAMETER("Constructor parameter \"%s\" of \"%s\" has type \"%s\", which is not what the generated"
            + " class can make of settings. Take at most two: a record with the configuration, then a record, or a sealed"
            + " interface of records, with the credential; none of them with type parameters."),
    /** A record that settings are read into cannot be created from the generated class. */
    HIDDEN_RECORD("The generated class cannot call the canonical constructor of record \"%s\", which \"%s\" takes. Make"
            + " the record, and whatever it is nested in, public, or package-private in the same package."),
    /** The class does not implement the SPI at all. */
    NOT_AN_ENVIRON("%s class \"%s\" must implement %s."),
    /** The class implements the SPI, but not the zoned one. */
    NOT_ZONED("%s class \"%s\" implements Environ but not ZonedEnviron. Implement ZonedEnviron, or use @Provider."),
    /** The class has zones that the annotation leaves out. */
    ZONES_IGNORED("@Provider class \"%s\" implements ZonedEnviron, whose zones would be ignored. Use @ZonedProvider, or"
            + " implement Environ."),
    /** Both provider annotations are on one class. */
    BOTH_ANNOTATIONS("Use either @Provider or @ZonedProvider on \"%s\", not both."),
    /** The provider's name is blank. */
    BLANK_NAME("The name of the provider \"%s\" must not be blank. Give the name under which users open it."),
    /** The provider's name has another form. */
    BAD_NAME("Provider name \"%s\" is not allowed. Use lower-case letters, digits and hyphens, starting with a letter."
            + "%s"),
    /** An alias has another form, or repeats a name. */
    BAD_ALIAS("Alias \"%s\" is not allowed. Use lower-case letters, digits and hyphens, starting with a letter, and"
            + " each name only once.%s"),
    /** Two providers of one compilation have the same name. */
    DUPLICATE_NAME(
            Diagnostic.Kind.WARNING,
            "Provider name \"%s\" of \"%s\" is also a name of \"%s\", so neither can be opened by it. Rename one of them."),
    /** The name of an authentication type has another form, or is there twice. */
    BAD_AUTH_TYPE("Authentication type \"%s\" of \"%s\" is not allowed. Use lower-case letters, digits and hyphens,"
            + " starting with a letter, and each name only once: @Credential(\"…\") says it.%s"),
    /** A setting's name has another form. */
    BAD_SETTING_NAME(
            "Setting name \"%s\" of \"%s\" is not allowed. Use lower-case letters, digits and hyphens, starting"
                    + " with a letter.%s"),
    /** Two settings of a provider have the same name. */
    DUPLICATE_SETTING("Setting \"%s\" of \"%s\" is a setting of \"%s\" already. Give one of them another name with"
            + " @Setting(name = …)."),
    /** The name of an environment variable cannot be set in every shell. */
    BAD_VARIABLE("Environment variable \"%s\" of setting \"%s\" cannot be set in every shell. Use upper-case letters,"
            + " digits and underscores, starting with a letter.%s"),
    /** A record component has a type that cannot be read from text. */
    UNSUPPORTED_SETTING_TYPE(
            "Setting \"%s\" of \"%s\" has type \"%s\", which cannot be read. Use String, Secret, a number,"
                    + " boolean, Duration, DataSize, URI, Path, an enum that the generated class can see, a record of these, or a"
                    + " List, a Map with String keys or an Optional of these."),
    /** A record contains itself. */
    RECURSIVE_SETTING(
            "Setting \"%s\" of \"%s\" is a \"%s\", which would have to be described inside itself for ever. Take"
                    + " it out."),
    /** A default is not a value of the setting. */
    BAD_DEFAULT("The default \"%s\" of setting \"%s\" is not %s. Give one that is, or leave it out.%s"),
    /** A secret that everybody who has the source knows. */
    SECRET_WITH_DEFAULT("Setting \"%s\" of \"%s\" is a secret, so it must not have a default, which everybody can read."
            + " Leave it out, or make the setting an Optional."),
    /** A secret that the record's own text shows. */
    EXPOSED_SECRET("Record \"%2$s\" shows the secret \"%1$s\" in its toString. Give the component the type Secret, or"
            + " override toString."),
    /** Two attributes of a setting contradict each other, or one does not go with its type. */
    MISPLACED_ATTRIBUTE("%s of setting \"%s\" does not go with %s. Take it out."),
    /** The annotation is on a field that is no component of a record. */
    STRAY_SETTING("@Setting on \"%s\" has no effect: it describes the components of a record that a provider takes."
            + " Remove it, or make \"%s\" a record."),
    /** A class has the name of a generated one. */
    NAME_CLASH("The class \"%s\" that is to be generated exists already. Rename that class, or \"%s\"."),
    /** A type that is mentioned was not found in any round. */
    MISSING_TYPE("Nothing was generated for \"%s\" because \"%s\" could not be found. If it is generated, look for an"
            + " earlier error of its generator; otherwise check its name and the class path."),
    /** Types of the runtime are not on the class path. */
    RUNTIME_MISSING(
            "Nothing was generated for \"%s\" because the runtime's type \"%s\" is not on the class path. Depend"
                    + " on foothold-runtime of the same version as foothold-processor."),
    /** A module does not say that it has the generated factory. */
    MISSING_PROVIDES(
            Diagnostic.Kind.WARNING,
            "Module \"%s\" does not say that it provides \"%s\", so users with a module path cannot open the provider by its"
                    + " name. Add \"provides dev.foothold.provider.ProviderFactory with %2$s;\" to it, or"
                    + " @SuppressWarnings(\"MissingProvides\") to \"%3$s\"."),
    /** A file exists already, as in some incremental builds. */
    NOT_WRITTEN(Diagnostic.Kind.WARNING, "\"%s\" was not written: %s. Build once more from clean."),
    /** The processor itself failed. */
    INTERNAL(
            "The processor failed on \"%s\". Unless the machine is to blame, as with a full disk, this is a bug; please"
                    + " report it with the trace below.");

    private final Diagnostic.Kind kind;
    private final String text;

    Problem(String text) {
        this(Diagnostic.Kind.ERROR, text);
    }

    Problem(Diagnostic.Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /**
     * Gives the word to search for.
     *
     * @return the constant's name in camel case, for example {@code NotAClass}
     */
    public String id() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /**
     * Says how bad it is.
     *
     * @return error or warning
     */
    public Diagnostic.Kind kind() {
        return kind;
    }

    /**
     * Words the problem.
     *
     * @param names the user's names, in the order of the text
     * @return the id in brackets and the text
     */
    public String message(Object... names) {
        return "[" + id() + "] " + text.formatted(names);
    }

    /**
     * Words the problem for documentation.
     *
     * @return the text, with an ellipsis where the user's names will be
     */
    public String template() {
        return text.formatted("…", "…", "…", "…").replaceFirst("\\.…$", ".");
    }

    /**
     * Makes a finding of the problem.
     *
     * @param place where it is
     * @param names the user's names, in the order of the text
     * @return the finding
     */
    public Finding at(Place place, Object... names) {
        return new Finding(this, place, message(names));
    }
}
