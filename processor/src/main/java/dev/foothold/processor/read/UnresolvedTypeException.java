package dev.foothold.processor.read;

import java.util.Optional;

/** Tells that something an annotated type mentions is not there yet; another processor may generate it. */
public final class UnresolvedTypeException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A type is missing. */
    UnresolvedTypeException(String missingType) {
        super(missingType);
    }

    /** A value of an annotation is missing, which the compiler says itself unless it turns up. */
    UnresolvedTypeException() {}

    /**
     * Names the type that is not there.
     *
     * @return the name as the source has it; empty if it is not a type that is missing
     */
    public Optional<String> missingType() {
        return Optional.ofNullable(getMessage());
    }
}
