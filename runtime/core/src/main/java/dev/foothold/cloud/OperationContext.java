package dev.foothold.cloud;

import dev.foothold.event.EventSink;
import dev.foothold.model.ModelSettings;
import dev.foothold.time.Timeline;
import java.util.Objects;
import java.util.UUID;

/**
 * Goes with one operation on one model: what it is called, the time it lives in, and who is told about it.
 *
 * @param id names the operation; part of tokens and of the tag on what it makes
 * @param model the model it works on
 * @param timeline the way to wait and fork
 * @param events is told what happens
 */
public record OperationContext(String id, ModelSettings model, Timeline timeline, EventSink events) {

    /**
     * Creates a context.
     *
     * @param id names the operation
     * @param model the model it works on
     * @param timeline the way to wait and fork
     * @param events is told what happens
     */
    public OperationContext {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(timeline, "timeline");
        events = EventSink.guarded(events);
    }

    /**
     * Makes the context of a new operation.
     *
     * @param model the model it works on
     * @param timeline the way to wait and fork
     * @param events is told what happens
     * @return a context with a random id
     */
    public static OperationContext create(ModelSettings model, Timeline timeline, EventSink events) {
        return new OperationContext(UUID.randomUUID().toString(), model, timeline, events);
    }
}
