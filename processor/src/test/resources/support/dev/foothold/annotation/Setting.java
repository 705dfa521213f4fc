package dev.foothold.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
@Retention(RetentionPolicy.CLASS)
public @interface Setting {
    String REQUIRED = "\0required";

    String name() default "";

    String doc() default "";

    String defaultValue() default REQUIRED;

    boolean secret() default false;

    String env() default "";

    boolean immutable() default false;

    String[] deprecatedNames() default {};

    String orFile() default "";

    boolean fromFile() default false;
}
