package dev.foothold.bootstrap;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.journal.Operation;
import java.util.stream.Stream;

/** Writes down each start before the cloud is asked for it, and the id of the instance the moment it is known. */
final class JournalledStarts implements StartJournal {

    private final Operation operation;
    private final OperationTraces traces;

    JournalledStarts(Operation operation, OperationTraces traces) {
        this.operation = operation;
        this.traces = traces;
    }

    @Override
    public StartInstanceParams intended(StartInstanceParams params) {
        operation.asking(params.token().text(), params.zoneName());
        return params.noting(traces.sides().scope(params.token().text()));
    }

    @Override
    public void started(StartInstanceParams params, Instance instance) {
        traces.instances().add(instance.id());
        operation.started(params.token().text(), params.zoneName(), instance.id());
    }

    @Override
    public void refused(StartInstanceParams params, CloudException refusal) {
        if (refusal.isDefinite()) {
            operation.refused(params.token().text(), params.zoneName());
        } else {
            traces.instances().doubt(OperationInstances.LATE);
        }
    }

    @Override
    public void interrupted(StartInstanceParams params, InterruptedException interruption) {
        // Who was waiting to ask once more carries the refusal; nothing was on its way then.
        boolean refused = Stream.of(interruption.getSuppressed())
                .anyMatch(failure -> CloudException.find(failure)
                        .filter(CloudException::isDefinite)
                        .isPresent());
        if (refused) {
            operation.refused(params.token().text(), params.zoneName());
        }
    }
}
