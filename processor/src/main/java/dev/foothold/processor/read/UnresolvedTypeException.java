package dev.foothold.processor.read;

/** Tells that something an annotated type mentions is not there yet; another processor may generate it. */
public final class UnresolvedTypeException extends Exception {

    private static final long serialVersionUID = 1L;

    UnresolvedTypeException(String name) {
        super(name);
    }

    /**
     * Names what is not there.
     *
     * @return the name as the source has it
     */
    public String name() {
        return getMessage();
    }
}
