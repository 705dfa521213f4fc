package dev.foothold.testkit;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Makes every failure of a test cite its rule, ends tests that hang, and leaves out what does not suit the mode. */
final class Citation implements InvocationInterceptor, ExecutionCondition {

    /** How many machines a test may start, and stop, one after the other. */
    private static final int MACHINES = 3;

    private static final ScheduledExecutorService WATCH = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "foothold-contract-watch");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Checks checks = context.getRequiredTestMethod().getAnnotation(Checks.class);
        return ContractMode.current() == ContractMode.LIVE && !checks.live()
                ? ConditionEvaluationResult.disabled("checked offline only")
                : ConditionEvaluationResult.enabled("suits the mode");
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> invocation, ExtensionContext context)
            throws Throwable {
        Rule rule = invocation.getExecutable().getAnnotation(Checks.class).value();
        Duration longest = longest(context);
        AtomicBoolean late = new AtomicBoolean();
        Thread runner = Thread.currentThread();
        ScheduledFuture<?> watch = WATCH.schedule(
                () -> {
                    late.set(true);
                    runner.interrupt();
                },
                longest.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            test.proceed();
        } catch (TestAbortedException | OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            String what = late.get()
                    ? "it has not come to an end within " + longest.toSeconds()
                            + " s; if the cloud is so slow, let patience() say so"
                    : describe(e);
            BrokenRuleError broken = new BrokenRuleError(rule, what, e instanceof BrokenRule ? e.getCause() : e);
            throw rule.level() == Rule.Level.SHOULD && !Boolean.getBoolean(ContractMode.STRICT)
                    ? new TestAbortedException(broken.getMessage(), broken)
                    : broken;
        } finally {
            watch.cancel(false);
            if (late.get()) {
                // Meant for this test only.
                Thread.interrupted();
            }
        }
    }

    /** Clouds whose machines take longer than those of a stand-in in memory have longer for whole tests, too. */
    private static Duration longest(ExtensionContext context) {
        Duration usual = ContractMode.current().longestTest();
        Duration asked = context.getRequiredTestInstances()
                .findInstance(ProviderContract.class)
                .map(ProviderContract::patience)
                .map(patience -> patience.boot().plus(patience.stop()).multipliedBy(MACHINES))
                .orElse(usual);
        return asked.compareTo(usual) > 0 ? asked : usual;
    }

    private static String describe(Throwable failure) {
        return failure instanceof BrokenRule
                ? String.valueOf(failure.getMessage())
                : "a call failed that must not: " + failure;
    }
}
