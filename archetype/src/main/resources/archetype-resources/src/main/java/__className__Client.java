package ${package};

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
#if ($style == "full")
import org.jspecify.annotations.Nullable;
#end

/** Offers what the cloud's API offers, as far as the provider needs it. Implementations are thread-safe. */
interface ${className}Client {

#if ($style == "full")
    /** Makes the cheapest call there is: tells who asks. */
    String whoAmI() throws IOException, InterruptedException;

#end
#if ($zoned == "true")
    /** Lists the cloud's zones. */
    List<Zone> listZones() throws IOException, InterruptedException;

#end
#if ($style == "full")
    /** Lists what machines can be started from. */
    List<Image> listImages() throws IOException, InterruptedException;

    /** Lists how large machines can be. */
    List<Size> listSizes() throws IOException, InterruptedException;

#end
    /** Lists the account's machines that carry all of the labels. */
    List<Machine> listMachines(Map<String, String> labels) throws IOException, InterruptedException;

#if ($style == "full")
    /** Looks machines up; those that are not there are left out. */
    List<Machine> findMachines(List<String> ids) throws IOException, InterruptedException;

#end
    /**
     * Starts a machine; asked again with the same request id, answers with the machine it started before.
     *
     * @param userData what the machine is told at its first boot; holds a private key, so it must not be logged
     */
    Machine createMachine(NewMachine machine, String userData) throws IOException, InterruptedException;

#if ($style == "full")
    /**
     * Removes machines.
     *
     * @return the refusals by machine; {@code not-found} for those that are not there
     */
    Map<String, ApiException> deleteMachines(List<String> ids) throws IOException, InterruptedException;

    /** Puts labels on a machine; those of other names stay. */
    void labelMachine(String id, Map<String, String> labels) throws IOException, InterruptedException;

    /** Lists the account's volumes that carry all of the labels. */
    List<Volume> listVolumes(Map<String, String> labels) throws IOException, InterruptedException;

    /**
     * Removes a volume.
     *
     * @throws ApiException with the code {@code not-found} if it is not there
     */
    void deleteVolume(String id) throws IOException, InterruptedException;

#else
    /**
     * Removes a machine.
     *
     * @throws ApiException with the code {@code not-found} if it is not there
     */
    void deleteMachine(String id) throws IOException, InterruptedException;

#end
#if ($zoned == "true")
    /** A zone, and whether machines can be started in it now. */
    record Zone(String name, boolean open) {}

#end
#if ($style == "full")
    /** What a machine can be started from: an operating system such as {@code ubuntu@24.04}. */
    record Image(String id, String system, String arch) {}

    /** How large a machine can be. */
    record Size(String name, String arch, int cores, int memoryMib) {}

#end
    /** A machine to start. */
#if ($style == "full" && $zoned == "true")
    record NewMachine(
            String requestId, String name, String zone, String image, String size, Map<String, String> labels) {}
#elseif ($style == "full")
    record NewMachine(String requestId, String name, String image, String size, Map<String, String> labels) {}
#elseif ($zoned == "true")
    record NewMachine(String requestId, String name, String zone, Map<String, String> labels) {}
#else
    record NewMachine(String requestId, String name, Map<String, String> labels) {}
#end

    /** A machine of the account. */
    record Machine(
#if ($style == "full" || $zoned == "true")
            String id,
            String name,
#if ($zoned == "true")
            String zone,
#end
#if ($style == "full")
            Size size,
#end
            State state,
            List<String> addresses,
            Map<String, String> labels,
            Instant created) {}
#else
            String id, String name, State state, List<String> addresses, Map<String, String> labels, Instant created) {}
#end

    /** What a machine is doing. */
    enum State {
        STARTING,
        RUNNING,
        DELETING,
        FAILED
    }

#if ($style == "full")
    /** A disk that outlives the machine it is attached to. */
    record Volume(String id, String name, @Nullable String machine, Map<String, String> labels, Instant created) {}

#end
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
