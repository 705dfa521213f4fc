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

    /** Forgets all steps: the operation has succeeded. */
    public void forget() {
        steps.clear();
    }

    /**
     * Takes everything back, last first. Each step has its own deadline; a failure does not keep the others from being
     * run. Interrupts are held back until the end.
     *
     * @param cause why; the failures of steps are attached to it as suppressed exceptions
     * @return what could not be taken back; empty if nothing is left
     */
    public List<String> unwind(Throwable cause) {
        List<String> left = new ArrayList<>();
        while (!steps.isEmpty()) {
            Registered registered = steps.pop();
            try (Scope scope = timeline.open("undo", budget)) {
                Task<Boolean> task = scope.fork(registered.what, () -> {
                    registered.step.run();
                    return true;
                });
                scope.awaitAllThroughInterrupts();
                task.result();
            } catch (TimeoutException e) {
                left.add(registered.what);
                cause.addSuppressed(e);
            } catch (ExecutionException e) {
                left.add(registered.what);
                if (e.getCause() != cause) {
                    cause.addSuppressed(e.getCause());
                }
            }
        }
        return left;
    }
}
