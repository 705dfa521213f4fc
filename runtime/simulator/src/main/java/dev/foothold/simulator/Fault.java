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

    /**
     * Makes the SSH port of instances that are launched from now on a black hole, as a packet filter does: nothing
     * answers, not even with a refusal, from their launch on.
     *
     * @param lasting for how long after the instance has booted; empty for ever
     */
    record BlackHole(Optional<Duration> lasting) implements Fault {
        @Override
        public String name() {
            return "black-hole";
        }
    }

    /**
     * Makes instances that are launched from now on accept connections when they have booted, and say nothing.
     *
     * @param lasting for how long, until they answer as they should; empty for ever
     */
    record Silent(Optional<Duration> lasting) implements Fault {
        @Override
        public String name() {
            return "silent";
        }
    }

    /**
     * Makes instances that are launched from now on accept connections when they have booted, and close them at once.
     *
     * @param lasting for how long, until they answer as they should; empty for ever
     */
    record DropsConnections(Optional<Duration> lasting) implements Fault {
        @Override
        public String name() {
            return "drops-connections";
        }
    }

    /**
     * Makes the SSH servers of instances that are launched from now on introduce themselves, and die when the client
     * proposes how to encrypt.
     *
     * @param lasting for how long after the instance has booted, until they answer as they should; empty for ever
     */
    record DiesInHandshake(Optional<Duration> lasting) implements Fault {
        @Override
        public String name() {
            return "dies-in-handshake";
        }
    }

    /** Makes instances that are launched from now on show another host key than the one in their user data. */
    record WrongHostKey() implements Fault {
        @Override
        public String name() {
            return "wrong-host-key";
        }
    }

    /**
     * Makes instances that are launched from now on hold another text than user data wrote to a file, if it did.
     *
     * @param file what {@code runcmd} wrote, for example {@code /var/lib/foothold/nonce.txt}; absolute inside the
     *     instance, or relative to where its scripts run
     */
    record WrongNonce(String file) implements Fault {
        @Override
        public String name() {
            return "wrong-nonce";
        }
    }

    /**
     * Makes a file that user data wrote come later than SSH, on instances that are launched from now on.
     *
     * @param file what {@code runcmd} wrote, for example {@code /var/lib/foothold/nonce.txt}; absolute inside the
     *     instance, or relative to where its scripts run
     * @param by how much later
     */
    record LateNonce(String file, Duration by) implements Fault {
        @Override
        public String name() {
            return "late-nonce";
        }
    }

    /**
     * Makes instances that are launched from now on answer SSH before they know whom to let in.
     *
     * @param by how much before
     */
    record LateLogin(Duration by) implements Fault {
        @Override
        public String name() {
            return "late-login";
        }
    }

    /**
     * Makes the SSH servers of instances that are launched from now on keep accounts as OpenSSH does by default since
     * 9.8: a failed login costs its source 5 s, a connection that comes to nothing before costs 1 s, and a source that
     * owes 15 s is turned away until it owes nothing.
     */
    record Penalties() implements Fault {
        @Override
        public String name() {
            return "penalties";
        }
    }
}
