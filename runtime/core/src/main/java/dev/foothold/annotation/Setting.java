package dev.foothold.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a configuration or credential record: its name, default, and where else it may come from.
 *
 * <pre>{@code
 * public record AcmeConfig(
 *         @Setting(doc = "Where the API listens.", env = "ACME_ENDPOINT") URI endpoint,
 *         @Setting(defaultValue = "30s") Duration timeout) {}
 * }</pre>
 *
 * <p>A component without the annotation is a required setting with the name of the component in kebab case.
 *
 * <p>Put on a component, it also stands on the component's field, where compilers can point into it; on any other field
 * it is a mistake, which the processor reports.
 */
@Documented
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
@Retention(RetentionPolicy.CLASS)
public @interface Setting {

    /** Stands for "no default": the setting is required. */
    String REQUIRED = "\0required";

    /**
     * Gives the key in files, maps and error messages.
     *
     * @return the key; empty, the default, for the component's name in kebab case ({@code rootDisk} is
     *     {@code root-disk})
     */
    String name() default "";

    /**
     * Says what the setting is for.
     *
     * @return plain text; empty by default
     */
    String doc() default "";

    /**
     * Gives the text that is parsed when the setting is given nowhere.
     *
     * @return the default as text; {@link #REQUIRED}, the default, for none
     */
    String defaultValue() default REQUIRED;

    /**
     * Says that the value must not be shown: it is masked in messages, renderings and listings.
     *
     * @return whether the value is a secret; false by default
     */
    boolean secret() default false;

    /**
     * Names an environment variable that is asked when the setting is not given.
     *
     * @return the variable's name; empty, the default, for none
     */
    String env() default "";

    /**
     * Says that the value stays what it is for the life of a model: it is kept with the model, and opening the model
     * with another value is refused. Not for secrets.
     *
     * @return whether the value cannot change; false by default
     */
    boolean immutable() default false;

    /**
     * Gives names the setting had before. It may still be given under one of them, which is told as a notice.
     *
     * @return old keys; none by default
     */
    String[] deprecatedNames() default {};

    /**
     * Names another key, under which the path of a file that holds the value may be given instead.
     *
     * @return the key, for example {@code key-file}; empty, the default, for none
     */
    String orFile() default "";

    /**
     * Says that what is given is the path of a file, of which the content is the value.
     *
     * @return whether the value is read from a file; false by default
     */
    boolean fromFile() default false;
}
