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

    private final transient @Nullable WaitReport report;

    /**
     * Creates an exception.
     *
     * @param message how long was waited, for which instance, and the verdicts
     * @param report what each address answered last
     * @param cause the last failure, or null
     */
    public WaitTimeoutException(String message, WaitReport report, @Nullable Throwable cause) {
        super(message, cause);
        this.report = report;
    }

    /**
     * Says what each address answered last.
     *
     * @return by address, those that the cloud lists first; empty after the exception was serialised, whose
     *     message still says it
     */
    public Map<MachineAddress, AddressVerdict> verdicts() {
        Map<MachineAddress, AddressVerdict> verdicts = new LinkedHashMap<>();
        if (report != null) {
            report.addresses().forEach(verdict -> verdicts.put(verdict.address(), verdict));
        }
        return Collections.unmodifiableMap(verdicts);
    }
}
