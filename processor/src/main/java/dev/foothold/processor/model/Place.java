package dev.foothold.processor.model;

import javax.annotation.processing.Messager;
import javax.tools.Diagnostic;

/** Keeps where in the user's source something was said, so that a message about it can be printed there. */
public interface Place {

    /**
     * Prints a message here, as finely as the compiler can point.
     *
     * @param messager the compiler's printer
     * @param kind error, warning or note
     * @param message the whole text
     */
    void print(Messager messager, Diagnostic.Kind kind, String message);
}
