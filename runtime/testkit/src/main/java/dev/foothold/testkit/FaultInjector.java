package dev.foothold.testkit;

import dev.foothold.cloud.Call;
import dev.foothold.cloud.Interceptor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Makes a provider lie in the ways in which clouds do, for tests of what is built on it. It stands around the author's own
 * environ, so everything else is real:
 *
 * <pre>{@code
 * FaultInjector faults = FaultInjector.create().next("startInstance", Lie.replyLost());
 * Foothold foothold = Foothold.at(directory).withInterceptor(faults);
 * }</pre>
 *
 * <p>Operations are named as in {@link Call#operation()}: after the environ's methods, except that stopping is
 * {@code stopInstances} always, and finding is {@code instances}. Lies of one operation are told in the order in which they
 * were given, one for each attempt at a call. Thread-safe.
 */
public final class FaultInjector implements Interceptor {

    private final Map<String, Deque<Lie>> next = new HashMap<>();
    private final Map<String, Lie> always = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();

    private FaultInjector() {}

    /**
     * Makes an injector that tells the truth until it is told otherwise.
     *
     * @return the injector
     */
    public static FaultInjector create() {
        return new FaultInjector();
    }

    /**
     * Has a lie told at the next call, after those that are told already.
     *
     * @param operation the call's name, for example {@code startInstance}
     * @param lie what is told
     * @return this injector
     */
    public FaultInjector next(String operation, Lie lie) {
        return next(operation, 1, lie);
    }

    /**
     * Has a lie told at the next calls, after those that are told already.
     *
     * @param operation the call's name, for example {@code allInstances}
     * @param times how many calls
     * @param lie what is told
     * @return this injector
     * @throws IllegalArgumentException if it is not told at least once
     */
    public FaultInjector next(String operation, int times, Lie lie) {
        if (times < 1) {
            throw new IllegalArgumentException("\"" + lie + "\" must be told at least once, not " + times + " times");
        }
        synchronized (next) {
            Deque<Lie> told = next.computeIfAbsent(operation, unseen -> new ArrayDeque<>());
            for (int i = 0; i < times; i++) {
                told.add(lie);
            }
        }
        return this;
    }

    /**
     * Has a lie told at every call for which there is no other one, until {@link #tellTheTruth()}.
     *
     * @param operation the call's name
     * @param lie what is told; replaces the one before
     * @return this injector
     */
    public FaultInjector always(String operation, Lie lie) {
        synchronized (next) {
            always.put(operation, lie);
        }
        return this;
    }

    /**
     * Forgets all lies.
     *
     * @return this injector
     */
    public FaultInjector tellTheTruth() {
        synchronized (next) {
            next.clear();
            always.clear();
        }
        return this;
    }

    /**
     * Gives the attempts at calls so far, also those about which was lied.
     *
     * @return in the order in which they were begun
     */
    public List<Call> calls() {
        synchronized (next) {
            return List.copyOf(calls);
        }
    }

    /**
     * Counts the attempts at one call so far.
     *
     * @param operation the call's name
     * @return how many
     */
    public long count(String operation) {
        return calls().stream()
                .filter(call -> call.operation().equals(operation))
                .count();
    }

    @Override
    public <T> T around(Call call, Callable<T> real) throws Exception {
        Lie lie = note(call);
        return lie == null ? real.call() : lie.around(call, real);
    }

    private @Nullable Lie note(Call call) {
        synchronized (next) {
            calls.add(call);
            Deque<Lie> told = next.get(call.operation());
            return told == null || told.isEmpty() ? always.get(call.operation()) : told.remove();
        }
    }
}
