package dev.foothold.destroy;

import dev.foothold.FootholdException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells that something of a model could not be removed; call it again to go on. */
public class DestroyException extends FootholdException {

    private static final long serialVersionUID = 1L;

    /** More would say nothing new. */
    private static final int SUPPRESSED = 20;

    private final transient DestroyReceipt receipt;

    /**
     * Creates an exception.
     *
     * @param receipt what was removed and what is left
     * @param cause the first failure, or null
     */
    public DestroyException(DestroyReceipt receipt, @Nullable Throwable cause) {
        this(receipt, "destroy the model again to go on", cause);
    }

    private DestroyException(DestroyReceipt receipt, String advice, @Nullable Throwable cause) {
        super(receipt.describe() + "\n" + advice, cause);
        this.receipt = Objects.requireNonNull(receipt, "receipt");
    }

    /** Creates an exception whose cause is the first of some failures; of very many, some are suppressed in it. */
    static DestroyException of(DestroyReceipt receipt, String advice, List<Exception> failures) {
        DestroyException exception = new DestroyException(
                receipt, advice, failures.stream().findFirst().orElse(null));
        failures.stream().skip(1).limit(SUPPRESSED).forEach(exception::addSuppressed);
        return exception;
    }

    /**
     * Says what was removed and what is left.
     *
     * @return the receipt
     */
    public DestroyReceipt receipt() {
        return receipt;
    }
}
