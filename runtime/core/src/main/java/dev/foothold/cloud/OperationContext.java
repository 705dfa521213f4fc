package dev.foothold.cloud;

import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import dev.foothold.model.ModelSettings;
import dev.foothold.redact.Redactor;
import dev.foothold.time.Timeline;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Goes with one operation on one model: what it is called, the time it lives in, who is told about it, and what nobody is
 * told.
 *
 * @param id names the operation; part of tokens and of the tag on what it makes
 * @param kind what is done, for example {@code bootstrap}
 * @param model the model it works on
 * @param timeline the way to wait and fork
 * @param events is told what happens
 * @param credentials is told when the cloud does not accept the credential any more
 * @param redactor knows the secrets of the operation; more can be added while it goes on
 */
public record OperationContext(
        String id,
        String kind,
        ModelSettings model,
        Timeline timeline,
        EventSink events,
        CredentialSink credentials,
        Redactor redactor) {

    /**
     * Creates a context.
     *
     * @param id names the operation
     * @param kind what is done
     * @param model the model it works on
     * @param timeline the way to wait and fork
     * @param events is told what happens; guarded, so that a careless sink does no harm
     * @param credentials is told when the cloud does not accept the credential any more
     * @param redactor knows the secrets of the operation
     */
    public OperationContext {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(redactor, "redactor");
        events = EventSink.guarded(events);
    }

    /**
     * Creates the context of a caller that knows no secrets yet.
     *
     * @param id names the operation
     * @param kind what is done
     * @param model the model it works on
     * @param timeline the way to wait and fork
     * @param events is told what happens; guarded, so that a careless sink does no harm
     * @param credentials is told when the cloud does not accept the credential any more
     */
    public OperationContext(
            String id,
            String kind,
            ModelSettings model,
            Timeline timeline,
            EventSink events,
            CredentialSink credentials) {
        this(id, kind, model, timeline, events, credentials, Redactor.create());
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
        return new OperationContext(id, kind, model, timeline, events, sink, redactor);
    }

    /**
     * Keeps further secrets from being shown.
     *
     * @param other knows them, and takes those that come up in the operation
     * @return the changed copy
     */
    public OperationContext withRedactor(Redactor other) {
        return new OperationContext(id, kind, model, timeline, events, credentials, other);
    }

    /**
     * Tells what happens now, without the secrets that the redactor knows.
     *
     * @param event makes the event of the moment and the operation it belongs to
     */
    public void tell(BiFunction<Instant, Event.Origin, Event> event) {
        events.on(event.apply(timeline.now(), new Event.Origin(model.name(), kind, id))
                .redacted(redactor));
    }
}
