package dev.foothold.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class as the environ of a cloud without availability zones, and asks the processor for its glue.
 *
 * <p>Before:
 *
 * <pre>{@code
 * @Provider("acme")
 * public final class AcmeEnviron implements Environ {
 *     public AcmeEnviron(AcmeConfig config, AcmeCredential credential) { … }
 *     …
 * }
 * }</pre>
 *
 * <p>Generated beside it, in the same package:
 *
 * <ul>
 *   <li>{@code AcmeEnvironDefaultProvider extends DefaultProvider}: a constructor, a typed {@code environ()}, and {@code open(…)};
 *   <li>{@code AcmeEnvironProviderFactory implements ProviderFactory}: found through {@link java.util.ServiceLoader}.
 * </ul>
 *
 * <p>The generated name is the simple name and {@code DefaultProvider} or {@code ProviderFactory}; the names of
 * enclosing classes are joined with an underscore: {@code Outer.Inner} gives {@code Outer_InnerDefaultProvider}. If the
 * generated class "cannot be found", look for an earlier error of the processor and check that {@code
 * foothold-processor} is on the annotation processor path: since JDK 23 javac does not look for processors on the class
 * path.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface Provider {

    /**
     * Gives the name under which users open the provider.
     *
     * @return lower-case letters, digits and hyphens, starting with a letter; for example {@code acme}
     */
    String value();

    /**
     * Gives other names under which the provider can be opened, for example names it had before.
     *
     * @return names of the same form as {@link #value()}; none by default
     */
    String[] aliases() default {};

    /**
     * Says in one line what the provider is for.
     *
     * @return plain text for listings; empty by default
     */
    String description() default "";
}
