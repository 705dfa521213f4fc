package dev.foothold.bench.destroy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** The things of one kind that a cloud has, by number; listed in pages. Thread-safe. */
final class Paged {

    /** How many things there are on a page. */
    static final int PAGE = 1_000;

    private final BitSet there;

    Paged(int count) {
        there = new BitSet(count);
        there.set(0, count);
    }

    static int pages(int count) {
        return Math.max(1, ceil(count, PAGE));
    }

    static int ceil(int some, int each) {
        return (some + each - 1) / each;
    }

    synchronized int count() {
        return there.cardinality();
    }

    synchronized boolean has(int number) {
        return there.get(number);
    }

    synchronized void remove(int number) {
        there.clear(number);
    }

    /**
     * Lists what is there, as an author can: the first page says how many there are, and the others are fetched at the
     * same time.
     */
    <T> List<T> list(Calls calls, ExecutorService fetchers, IntFunction<T> element) throws InterruptedException {
        calls.make();
        int[] numbers = numbers();
        List<Future<?>> others = new ArrayList<>();
        for (int page = 1; page < pages(numbers.length); page++) {
            others.add(fetchers.submit(() -> {
                calls.make();
                return true;
            }));
        }
        for (Future<?> other : others) {
            try {
                other.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        List<T> all = new ArrayList<>(numbers.length);
        for (int number : numbers) {
            all.add(element.apply(number));
        }
        return all;
    }

    private synchronized int[] numbers() {
        return there.stream().toArray();
    }
}
