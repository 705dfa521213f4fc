package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Several clouds in one file, with constructors that throw. */
public interface Clouds {
    /** Nested as deep as can be. */
    final class North {
        private North() {}

        /**
         * A record is a class too.
         *
         * @param config where
         */
        @Provider("north")
        public record Region(Config config) implements Environ {
            /**
             * Connects.
             *
             * @param config where
             */
            public Region {}
        }
    }

    /**
     * Where.
     *
     * @param host the host
     */
    record Config(String host) {}

    /** Throws what it likes. */
    @Provider("south")
    class South implements Environ {
        /**
         * Connects.
         *
         * @param config where
         * @param <E> what
         * @throws E as it likes
         * @throws IOException if it does not answer
         * @throws TimeoutException if it does not answer in time
         * @throws Lost never
         */
        @SuppressWarnings("exports")
        public <E extends IOException> South(Config config) throws E, IOException, TimeoutException, Lost {}

        private static final class Lost extends Exception {
            private static final long serialVersionUID = 1L;
        }
    }
}
