package dev.foothold.state;

import dev.foothold.FootholdException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells that something kept in a {@link StateStore} cannot be read or written; what is there was not changed. */
public class StateException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** Where the object is kept. */
    private final URI location;
    /** Counted from 1; 0 if no line is wrong. */
    private final int line;
    /** Counted from 1; 0 if it is not known. */
    private final int column;

    /**
     * Creates an exception.
     *
     * @param message what was wrong and what to do
     * @param location where the object is kept
     * @param line the line in it that is wrong, counted from 1; 0 if no line is
     * @param cause what led to it, or null
     */
    public StateException(String message, URI location, int line, @Nullable Throwable cause) {
        this(message, location, line, 0, cause);
    }

    /**
     * Creates an exception about a place in an object.
     *
     * @param message what was wrong and what to do
     * @param location where the object is kept
     * @param line the line in it that is wrong, counted from 1; 0 if no line is
     * @param column the column in the line, counted from 1; 0 if it is not known
     * @param cause what led to it, or null
     */
    public StateException(String message, URI location, int line, int column, @Nullable Throwable cause) {
        super(message, cause);
        this.location = Objects.requireNonNull(location, "location");
        this.line = line;
        this.column = column;
    }

    /**
     * Says where the object is kept.
     *
     * @return for example a {@code file:} URI
     */
    public URI location() {
        return location;
    }

    /**
     * Says which line is wrong.
     *
     * @return counted from 1; 0 if no line is
     */
    public int line() {
        return line;
    }

    /**
     * Says which column of the line is wrong.
     *
     * @return counted from 1; 0 if it is not known
     */
    public int column() {
        return column;
    }
}
