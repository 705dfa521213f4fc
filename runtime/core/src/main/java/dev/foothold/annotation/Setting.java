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
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
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
}
