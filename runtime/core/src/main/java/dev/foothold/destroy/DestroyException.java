package dev.foothold.destroy;

import dev.foothold.FootholdException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells that a model could not be destroyed as a whole; call it again to go on. */
public class DestroyException extends FootholdException {

    private static final long serialVersionUID = 1L;

    private final transient DestroyReceipt receipt;

    /**
     * Creates an exception.
     *
     * @param receipt what was removed and what is left
     * @param cause the first failure, or null
     */
    public DestroyException(DestroyReceipt receipt, @Nullable Throwable cause) {
        super(receipt.describe() + "\ndestroy the model again to go on", cause);
        this.receipt = Objects.requireNonNull(receipt, "receipt");
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
