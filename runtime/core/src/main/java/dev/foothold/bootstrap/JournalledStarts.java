package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.journal.Operation;
import java.util.stream.Stream;

/** Writes down each start before the cloud is asked for it, and the id of the instance the moment it is known. */
final class JournalledStarts {

    private final Operation operation;
    private final OperationTraces traces;

    JournalledStarts(Operation operation, OperationTraces traces) {
        this.operation = operation;
        this.traces = traces;
    }

    /**
     * Starts an instance.
     *
     * @throws CloudException if the cloud refused it, or its answer was lost
     * @throws InterruptedException if nobody waits for the answer any more
     */
    Instance start(Cloud cloud, StartInstanceParams params) throws InterruptedException {
        String token = params.token().text();
        operation.asking(token, params.zoneName());
        Instance instance;
        try {
            instance = cloud.startInstance(params.noting(traces.sides().scope(token)));
        } catch (InterruptedException e) {
            // Who was waiting to ask once more carries the refusal; nothing was on its way then.
            boolean refused = Stream.of(e.getSuppressed())
                    .anyMatch(failure -> CloudException.find(failure)
                            .filter(CloudException::isDefinite)
                            .isPresent());
            if (refused) {
                operation.refused(token, params.zoneName());
            }
            throw e;
        } catch (CloudException e) {
            if (e.isDefinite()) {
                operation.refused(token, params.zoneName());
            } else {
                traces.instances().doubt(OperationInstances.LATE);
            }
            throw e;
        }
        traces.instances().add(instance.id());
        operation.started(token, params.zoneName(), instance.id());
        return instance;
    }
}
