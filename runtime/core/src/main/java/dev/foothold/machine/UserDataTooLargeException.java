package dev.foothold.machine;

import dev.foothold.FootholdException;

/** Tells that a machine would have to be told more at its first boot than its cloud takes. */
public class UserDataTooLargeException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** The bytes, before compression. */
    private final int size;

    /** The most bytes the cloud takes. */
    private final int limit;

    /**
     * Creates an exception.
     *
     * @param message how large it is, what is large in it, and what to do
     * @param size how many bytes there are
     * @param limit how many the cloud takes
     */
    public UserDataTooLargeException(String message, int size, int limit) {
        super(message);
        this.size = size;
        this.limit = limit;
    }

    /**
     * Tells how large the user data is.
     *
     * @return the bytes, before compression
     */
    public int size() {
        return size;
    }

    /**
     * Tells how much the cloud takes.
     *
     * @return the most bytes
     */
    public int limit() {
        return limit;
    }
}
