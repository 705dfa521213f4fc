package dev.foothold.bootstrap;

import dev.foothold.cloud.OperationContext;
import dev.foothold.network.MachineAddress;

/** Turns a machine that was started into one that does its work. Implementations are thread-safe. */
@FunctionalInterface
public interface BootstrapFinisher {

    /**
     * Begins to load in the background what finishing a machine will take: it is called while the cloud is being asked for
     * the machine, and has to return at once. Does nothing unless it is overridden.
     */
    default void prepare() {}

    /**
     * Waits for the machine and configures it.
     *
     * @param machine the machine, how to recognise it, and what it shall be
     * @param context is told what happens
     * @return where the machine was reached
     * @throws dev.foothold.FootholdException if the machine cannot be reached or configured; it is stopped then
     * @throws InterruptedException if the caller was interrupted; the machine is stopped then
     */
    MachineAddress finish(StartedMachine machine, OperationContext context) throws InterruptedException;
}
