package dev.foothold.testkit;

import org.jspecify.annotations.Nullable;

/** Says which rule of the contract a provider breaks, how, and what to do about it. */
public final class BrokenRuleError extends AssertionError {

    private static final long serialVersionUID = 1L;

    /** What is broken. */
    private final Rule rule;

    BrokenRuleError(Rule rule, String what, @Nullable Throwable cause) {
        super(describe(rule, what), cause);
        this.rule = rule;
    }

    private static String describe(Rule rule, String what) {
        return rule + " (" + rule.level() + "): " + rule.text() + "\n  broken: " + what.replace("\n", "\n          ")
                + "\n  to do:  " + rule.cure() + "\n  see CONTRACT.md of foothold-testkit, version "
                + Rule.CONTRACT_VERSION;
    }

    /**
     * Names the rule.
     *
     * @return what is broken
     */
    public Rule rule() {
        return rule;
    }
}
