package dev.foothold.journal;

import dev.foothold.time.Scope;
import dev.foothold.time.Task;
import dev.foothold.time.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Remembers how to take back what an operation has done. Register a step <em>before</em> the effect it takes back, so
 * that nothing can come between.
 *
 * <p>Not thread-safe: it belongs to the task that runs the operation.
 */
public final class Undo {

    /** Takes one effect back. Must not mind if the effect never came about. */
    @FunctionalInterface
    public interface Step {

        /**
         * Takes the effect back.
         *
         * @throws Exception if it could not be taken back
         */
        void run() throws Exception;
    }

    /** How many interrupts it takes to end the taking back. */
    private static final int OBEYED = 2;

    private record Registered(String what, Step step) {}

    private final Timeline timeline;
    private final Duration budget;
    private final Deque<Registered> steps = new ArrayDeque<>();

    /**
     * Creates an empty memory.
     *
     * @param timeline the way to wait
     * @param budget how long each step may take
     */
    public Undo(Timeline timeline, Duration budget) {
        this.timeline = Objects.requireNonNull(timeline, "timeline");
        this.budget = Objects.requireNonNull(budget, "budget");
    }

    /**
     * Registers a step.
     *
     * @param what what is left behind if the step fails, for messages
     * @param step takes the effect back
     */
    public void register(String what, Step step) {
        steps.push(new Registered(what, step));
    }

    /**
     * Tells whether there is anything to take back.
     *
     * @return true if no step is registered
     */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Forgets all steps: the operation has succeeded. */
    public void forget() {
        steps.clear();
    }

    /**
     * Takes everything back, last first. Each step has its own deadline; a failure does not keep the others from being
     * run. Steps run in tasks of their own, which no earlier interrupt reaches. The first interrupt that arrives
     * meanwhile is held back until the end; the second ends the taking back.
     *
     * @param cause why; the failures of steps are attached to it as suppressed exceptions
     * @param interrupted is told, at the first interrupt, what a second one would abandon
     * @return what could not be taken back, or was abandoned; empty if nothing is left
     */
    public List<String> unwind(Throwable cause, Consumer<List<String>> interrupted) {
        List<String> left = new ArrayList<>();
        int interrupts = 0;
        while (!steps.isEmpty() && interrupts < OBEYED) {
            Registered registered = steps.peek();
            try (Scope scope = timeline.open("undo", budget)) {
                Task<Boolean> task = scope.fork(registered.what, () -> {
                    registered.step.run();
                    return true;
                });
                boolean waiting = true;
                while (waiting && interrupts < OBEYED) {
                    try {
                        scope.awaitAll();
                        waiting = false;
                    } catch (InterruptedException e) {
                        interrupts++;
                        if (interrupts < OBEYED) {
                            interrupted.accept(
                                    steps.stream().map(Registered::what).toList());
                        } else {
                            cause.addSuppressed(e);
                        }
                    }
                }
                if (waiting) {
                    break;
                }
                steps.pop();
                task.result();
            } catch (TimeoutException e) {
                steps.pop();
                left.add(registered.what);
                cause.addSuppressed(e);
            } catch (ExecutionException e) {
                left.add(registered.what);
                if (e.getCause() != cause) {
                    cause.addSuppressed(e.getCause());
                }
            }
        }
        steps.forEach(abandoned -> left.add(abandoned.what));
        steps.clear();
        if (interrupts > 0) {
            timeline.keepInterrupt();
        }
        return left;
    }
}
