package ${package};

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Offers what the cloud's API offers, as far as the provider needs it. Implementations are thread-safe. */
interface ${className}Client {

    /** Lists the cloud's zones. */
    List<Zone> listZones() throws IOException, InterruptedException;

    /** Lists the account's machines that carry all of the labels. */
    List<Machine> listMachines(Map<String, String> labels) throws IOException, InterruptedException;

    /**
     * Starts a machine; asked again with the same request id, answers with the machine it started before.
     *
     * @param userData what the machine is told at its first boot; holds a private key, so it must not be logged
     */
    Machine createMachine(NewMachine machine, String userData) throws IOException, InterruptedException;

    /**
     * Removes a machine.
     *
     * @throws ApiException with the code {@code not-found} if it is not there
     */
    void deleteMachine(String id) throws IOException, InterruptedException;

    /** A zone, and whether machines can be started in it now. */
    record Zone(String name, boolean open) {}

    /** A machine to start. */
    record NewMachine(String requestId, String name, String zone, Map<String, String> labels) {}

    /** A machine of the account. */
    record Machine(
            String id, String name, String zone, State state, List<String> addresses, Map<String, String> labels) {}

    /** What a machine is doing. */
    enum State {
        STARTING,
        RUNNING,
        DELETING,
        FAILED
    }

    /** Tells that the cloud refused a request. */
    final class ApiException extends IOException {

        private static final long serialVersionUID = 1L;

        private final String code;

        ApiException(String code, String message) {
            super(message);
            this.code = code;
        }

        /** Gives the cloud's word for what went wrong. */
        String code() {
            return code;
        }
    }
}
