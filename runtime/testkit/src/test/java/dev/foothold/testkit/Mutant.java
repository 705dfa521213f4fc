package dev.foothold.testkit;

import dev.foothold.environ.Environ;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/**
 * A provider for the small cloud that breaks one rule.
 *
 * @param rule the rule
 * @param what it does wrong, as a predicate
 * @param consequences rules that it cannot help breaking as well
 * @param make makes its environ, and prepares the cloud for it
 */
record Mutant(Rule rule, String what, Set<Rule> consequences, Function<SmallCloud, Environ> make) {

    static Mutant of(Rule rule, String what, Function<SmallCloud, Environ> make) {
        return new Mutant(rule, what, EnumSet.noneOf(Rule.class), make);
    }

    /** Says what it cannot help breaking as well. */
    Mutant so(Rule... rules) {
        return new Mutant(rule, what, Set.of(rules), make);
    }

    /** Says that hardly anything works any more. */
    Mutant soNothingElseHolds() {
        return new Mutant(rule, what, EnumSet.allOf(Rule.class), make);
    }

    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
