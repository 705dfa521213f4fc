package dev.foothold.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class that the annotation processor wrote, so that tools can leave it out of coverage and style reports.
 *
 * <p>It is kept in class files because coverage tools look there for an annotation whose name contains "Generated".
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface ProviderGenerated {

    /**
     * Names the class it was generated from.
     *
     * @return the annotated class
     */
    Class<?> value();
}
