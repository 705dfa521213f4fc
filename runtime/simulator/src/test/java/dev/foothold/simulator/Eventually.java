package dev.foothold.simulator;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what happens in its own time, for no longer than half a minute. */
final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Eventually() {}

    static void isTrue(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not after " + LIMIT + ": " + what);
            }
            Thread.sleep(5);
        }
    }

    /** A block of assertions. */
    interface Assertions {
        void check() throws Exception;
    }

    static void holds(Assertions assertions) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                assertions.check();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(5);
            }
        }
    }

    static CloudMachine up(SimulatedCloud cloud, CloudMachine machine) throws Exception {
        isTrue("SSH of " + machine.id() + " answers", () -> {
            CloudMachine now = cloud.get(machine.id());
            if (now.status() == MachineStatus.FAILED) {
                throw new AssertionError(now.message());
            }
            return cloud.answersSsh(machine.id());
        });
        return cloud.get(machine.id());
    }
}
