package dev.foothold.journal;

/** Tells that an operation was taken over by another one while it was under way; it takes no further step. */
public class OperationLostException extends OperationInProgressException {

    private static final long serialVersionUID = 1L;

    /** Whether another process continues the same operation. */
    private final boolean continued;

    /**
     * Creates an exception.
     *
     * @param message the model, and who has it now
     * @param continued whether another process continues the same operation
     */
    public OperationLostException(String message, boolean continued) {
        super(message);
        this.continued = continued;
    }

    /**
     * Tells whether another process continues the same operation, and so needs what it has made.
     *
     * @return false if the operation has ended for good
     */
    public boolean isContinued() {
        return continued;
    }
}
