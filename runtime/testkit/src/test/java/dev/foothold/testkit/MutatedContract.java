package dev.foothold.testkit;

import dev.foothold.environ.Environ;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The contract of a mutant: less patient, as it knows what it waits for, and over when it has seen enough. */
@ExtendWith(MutatedContract.Enough.class)
class MutatedContract extends SmallContract {

    /** Who is being examined. Mutants are examined one after another. */
    static @Nullable Mutant mutant;

    /** Whether nothing else needs to be found out. */
    static boolean enough;

    static final class Enough implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return enough
                    ? ConditionEvaluationResult.disabled("has failed already")
                    : ConditionEvaluationResult.enabled("goes on");
        }
    }

    @Override
    Environ environ() {
        return mutant.make().apply(cloud);
    }

    @Override
    protected Patience patience() {
        return new Patience(
                Duration.ofMillis(50), Duration.ofMillis(600), Duration.ofMillis(300), Duration.ofSeconds(1));
    }
}
