package dev.foothold.bootstrap;

import java.time.Duration;
import java.util.List;

/** Says by what a machine is known to have an agent that does its work, and how long that may take. Checked on the machine. */
public sealed interface Readiness {

    /** How long an agent may take by default. */
    Duration DEFAULT_DEADLINE = Duration.ofSeconds(60);

    /**
     * Gives how long it may take.
     *
     * @return from the start of the agent
     */
    Duration deadline();

    /**
     * Waits until the agent listens on a TCP port.
     *
     * @param number the port, 1 to 65535, on the machine's loopback address
     * @return the check, with {@link #DEFAULT_DEADLINE}
     */
    static Readiness port(int number) {
        return new Port(number, DEFAULT_DEADLINE);
    }

    /**
     * Waits until the agent answers a {@code GET} request with status 200.
     *
     * @param port the port, on the machine's loopback address
     * @param path for example {@code /health}
     * @return the check, with {@link #DEFAULT_DEADLINE}
     */
    static Readiness http(int port, String path) {
        return new Http(port, path, 200, DEFAULT_DEADLINE);
    }

    /**
     * Waits until a command ends with status 0. It is run as root in the agent's directory, again and again.
     *
     * @param words the command and its arguments
     * @return the check, with {@link #DEFAULT_DEADLINE}
     */
    static Readiness command(String... words) {
        return new Command(List.of(words), DEFAULT_DEADLINE);
    }

    /**
     * Waits until the agent has run for a while without ending.
     *
     * @param time for how long
     * @return the check
     */
    static Readiness running(Duration time) {
        return new Running(time);
    }

    /**
     * Changes how long the agent may take.
     *
     * @param time from the start of the agent
     * @return the changed copy; for {@link #running}, how long it must run
     */
    Readiness within(Duration time);

    /**
     * Is ready when a TCP port accepts connections.
     *
     * @param number the port
     * @param deadline how long it may take
     */
    record Port(int number, Duration deadline) implements Readiness {

        /**
         * Creates a check.
         *
         * @param number the port
         * @param deadline how long it may take
         * @throws IllegalArgumentException if the port is not from 1 to 65535 or the deadline is not positive
         */
        public Port {
            requirePort(number);
            requirePositive(deadline);
        }

        @Override
        public Readiness within(Duration time) {
            return new Port(number, time);
        }
    }

    /**
     * Is ready when a {@code GET} request is answered with a certain status.
     *
     * @param port the port
     * @param path begins with a slash
     * @param status the status of HTTP, 100 to 599
     * @param deadline how long it may take
     */
    record Http(int port, String path, int status, Duration deadline) implements Readiness {

        /**
         * Creates a check.
         *
         * @param port the port
         * @param path begins with a slash
         * @param status the status of HTTP
         * @param deadline how long it may take
         * @throws IllegalArgumentException if the port is not from 1 to 65535, the path does not begin with a slash or has
         *     blanks, the status is not from 100 to 599 or the deadline is not positive
         */
        public Http {
            requirePort(port);
            requirePositive(deadline);
            if (!path.matches("/[!-~]*")) {
                throw new IllegalArgumentException(
                        "the path that tells whether an agent is ready must begin with a slash and have no blanks");
            }
            if (status < 100 || status > 599) {
                throw new IllegalArgumentException("a status of HTTP is from 100 to 599, but is " + status);
            }
        }

        @Override
        public Readiness within(Duration time) {
            return new Http(port, path, status, time);
        }
    }

    /**
     * Is ready when a command ends with status 0.
     *
     * @param words the command and its arguments
     * @param deadline how long it may take
     */
    record Command(List<String> words, Duration deadline) implements Readiness {

        /**
         * Creates a check.
         *
         * @param words the command and its arguments
         * @param deadline how long it may take
         * @throws IllegalArgumentException if there is no command or the deadline is not positive
         */
        public Command {
            words = List.copyOf(words);
            requirePositive(deadline);
            if (words.isEmpty()) {
                throw new IllegalArgumentException("there must be a command that tells whether an agent is ready");
            }
        }

        @Override
        public Readiness within(Duration time) {
            return new Command(words, time);
        }
    }

    /**
     * Is ready when the agent has run for a while.
     *
     * @param deadline for how long
     */
    record Running(Duration deadline) implements Readiness {

        /**
         * Creates a check.
         *
         * @param deadline for how long
         * @throws IllegalArgumentException if it is not positive
         */
        public Running {
            requirePositive(deadline);
        }

        @Override
        public Readiness within(Duration time) {
            return new Running(time);
        }
    }

    private static void requirePort(int number) {
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("a port is from 1 to 65535, but is " + number);
        }
    }

    private static void requirePositive(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException(
                    "the time until an agent is ready must be greater than zero, but is " + deadline);
        }
    }
}
