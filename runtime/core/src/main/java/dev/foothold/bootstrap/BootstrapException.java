package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells that no machine could be bootstrapped, and what is left of the attempt. */
public class BootstrapException extends FootholdException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> left;

    /**
     * Creates an exception.
     *
     * @param message what failed; zones that were tried are named with their reasons
     * @param cause what led to it, or null
     */
    public BootstrapException(String message, @Nullable Throwable cause) {
        this(message, List.of(), cause);
    }

    /**
     * Creates an exception.
     *
     * @param message what failed
     * @param left what could not be taken back
     * @param cause what led to it, or null
     */
    public BootstrapException(String message, List<String> left, @Nullable Throwable cause) {
        super(message, cause);
        this.left = List.copyOf(left);
    }

    /**
     * Says what could not be taken back.
     *
     * @return empty if nothing is left
     */
    public List<String> left() {
        return left;
    }
}
