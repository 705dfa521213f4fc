package dev.foothold.cloud;

import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import dev.foothold.model.ModelSettings;
import dev.foothold.time.Timeline;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Goes with one operation on one model: what it is called, the time it lives in, and who is told about it.
 *
 * @param id names the operation; part of tokens and of the tag on what it makes
 * @param kind what is done, for example {@code bootstrap}
 * @param model the model it works on
 * @param timeline the way to wait and fork
 * @param events is told what happens
 * @param credentials is told when the cloud does not accept the credential any more
 */
public record OperationContext(
        String id, String kind, ModelSettings model, Timeline timeline, EventSink events, CredentialSink credentials) {

    /**
     * Creates a context.
     *
     * @param id names the operation
     * @param kind what is done
     * @param model the model it works on
     * @param timeline the way to wait and fork
     * @param events is told what happens; guarded, so that a careless sink does no harm
     * @param credentials is told when the cloud does not accept the credential any more
     */
    public OperationContext {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(credentials, "credentials");
        events = EventSink.guarded(events);
    }

    /**
     * Creates the context of a caller that keeps no credentials.
     *
     * @param id names the operation
     * @param kind what is done
     * @param model the model it works on
     * @param timeline the way to wait and fork
     * @param events is told what happens
     */
    public OperationContext(String id, String kind, ModelSettings model, Timeline timeline, EventSink events) {
        this(id, kind, model, timeline, events, CredentialSink.none());
    }

    /**
     * Makes the context of a new operation.
     *
     * @param kind what is done, for example {@code bootstrap}
     * @param model the model it works on
     * @param timeline the way to wait and fork
     * @param events is told what happens
     * @return a context with a random id
     */
    public static OperationContext create(String kind, ModelSettings model, Timeline timeline, EventSink events) {
        return new OperationContext(UUID.randomUUID().toString(), kind, model, timeline, events);
    }

    /**
     * Makes the context of calls that belong to no operation.
     *
     * @param model the model they are about
     * @param timeline the way to wait and fork
     * @param events is told what happens
     * @return a context with neither kind nor id
     */
    public static OperationContext standing(ModelSettings model, Timeline timeline, EventSink events) {
        return new OperationContext("", "", model, timeline, events);
    }

    /**
     * Tells somebody else about credentials that the cloud does not accept any more.
     *
     * @param sink takes them out of use
     * @return the changed copy
     */
    public OperationContext withCredentialSink(CredentialSink sink) {
        return new OperationContext(id, kind, model, timeline, events, sink);
    }

    /**
     * Tells what happens now.
     *
     * @param event makes the event of the moment and the operation it belongs to
     */
    public void tell(BiFunction<Instant, Event.Origin, Event> event) {
        events.on(event.apply(timeline.now(), new Event.Origin(model.name(), kind, id)));
    }
}
