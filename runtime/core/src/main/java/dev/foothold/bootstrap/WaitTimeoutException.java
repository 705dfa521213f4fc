package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.network.MachineAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells that a machine did not prove itself in time, and what each of its addresses answered last. */
public class WaitTimeoutException extends FootholdException {

    private static final long serialVersionUID = 1L;

    private final transient Map<MachineAddress, String> verdicts;

    /**
     * Creates an exception.
     *
     * @param message how long was waited, for which instance, and the verdicts
     * @param verdicts what each address answered last
     * @param cause the last failure, or null
     */
    public WaitTimeoutException(String message, Map<MachineAddress, String> verdicts, @Nullable Throwable cause) {
        super(message, cause);
        this.verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
    }

    /**
     * Says what each address answered last.
     *
     * @return by address, in the order in which they became known
     */
    public Map<MachineAddress, String> verdicts() {
        return verdicts;
    }
}
