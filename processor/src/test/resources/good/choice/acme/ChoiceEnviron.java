package acme;

import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;

/** A cloud that knows several ways to log in, and nothing else. */
@Provider("choice")
public class ChoiceEnviron implements Environ {
    /**
     * Connects.
     *
     * @param login as whom
     */
    public ChoiceEnviron(Login login) {}
}
