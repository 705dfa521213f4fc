package dev.foothold.simulator;

import java.time.Duration;
import java.util.Optional;

/** Describes one way in which a cloud may let its users down. */
public sealed interface Fault {
    /**
     * Names the fault: a cloud has at most one fault of each name.
     *
     * @return lower-case words, with what it applies to behind a slash, for example {@code no-capacity/a}
     */
    String name();

    /**
     * Refuses instances for want of room.
     *
     * @param zone the name of the zone that is full
     */
    record NoCapacity(String zone) implements Fault {
        @Override
        public String name() {
            return "no-capacity/" + zone;
        }
    }

    /**
     * Makes instances that are launched or rebooted take longer until they answer SSH.
     *
     * @param extra how much longer
     */
    record SlowBoot(Duration extra) implements Fault {
        @Override
        public String name() {
            return "slow-boot";
        }
    }

    /** Leaves instances that are launched from now on pending for ever. */
    record NeverBoots() implements Fault {
        @Override
        public String name() {
            return "never-boots";
        }
    }

    /** Makes instances that are launched from now on run, with addresses, and refuse every connection for ever. */
    record Refuses() implements Fault {
        @Override
        public String name() {
            return "refuses";
        }
    }

    /**
     * Answers a number of calls with an error, without doing anything.
     *
     * @param operation the method of {@link SimulatedCloud}, for example {@code terminate}
     * @param code the error's code, for example {@link CloudApiException#THROTTLED}
     * @param times how many calls fail before the fault is over
     * @param retryAfter what the error says of asking again
     */
    record CallFails(String operation, String code, int times, Optional<Duration> retryAfter) implements Fault {
        @Override
        public String name() {
            return "call-fails/" + operation;
        }
    }
}
