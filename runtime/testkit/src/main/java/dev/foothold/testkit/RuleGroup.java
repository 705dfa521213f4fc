package dev.foothold.testkit;

import dev.foothold.environ.Environ;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Is a group of rules about one part of what an author writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(ContractOrder.class)
@DisplayNameGeneration(ContractNames.class)
abstract class RuleGroup {

    final Workbench bench;

    RuleGroup(Workbench bench) {
        this.bench = bench;
    }

    Environ environ() {
        return bench.environ();
    }

    /** Says that the provider is not as it should be. */
    static void check(boolean good, String broken, Object... details) {
        if (!good) {
            throw new BrokenRule(String.format(broken, details), null);
        }
    }
}
