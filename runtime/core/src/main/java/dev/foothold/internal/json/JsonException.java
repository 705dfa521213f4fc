package dev.foothold.internal.json;

/** Tells that a text is not JSON, and where. */
public final class JsonException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    JsonException(String message) {
        super(message);
    }
}
