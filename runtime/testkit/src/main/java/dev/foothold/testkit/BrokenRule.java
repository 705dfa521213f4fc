package dev.foothold.testkit;

import org.jspecify.annotations.Nullable;

/** Says what a test has found, before it is known which rule that breaks. */
final class BrokenRule extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenRule(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
