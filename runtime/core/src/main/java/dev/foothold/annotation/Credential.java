package dev.foothold.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record as a credential, and names the way to authenticate it is for.
 *
 * <pre>{@code
 * public sealed interface AcmeCredential {
 *
 *     @Credential("access-key")
 *     record AccessKey(@Setting(env = "ACME_KEY") String key, @Setting(env = "ACME_SECRET") Secret secret)
 *             implements AcmeCredential {}
 *
 *     @Credential
 *     record Token(Secret token) implements AcmeCredential {}
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Credential {

    /**
     * Names the way to authenticate.
     *
     * @return lower-case letters, digits and hyphens, for example {@code access-key}; empty, the default, for the simple
     *     name of the record in kebab case ({@code AccessKey} is {@code access-key})
     */
    String value() default "";
}
