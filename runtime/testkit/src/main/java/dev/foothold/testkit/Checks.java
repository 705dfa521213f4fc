package dev.foothold.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a test of one rule, which its failures cite. */
@Test
@ExtendWith(Citation.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Checks {

    /** The rule. */
    Rule value();

    /** Whether it is checked in a real account, too: with three instances at most, and quickly. */
    boolean live() default false;
}
