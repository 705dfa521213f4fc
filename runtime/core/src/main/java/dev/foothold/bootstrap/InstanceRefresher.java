package dev.foothold.bootstrap;

import dev.foothold.instance.Instance;

/** Asks again what is known about an instance. */
@FunctionalInterface
public interface InstanceRefresher {

    /**
     * Asks the cloud.
     *
     * @return what it says now
     * @throws dev.foothold.FootholdException if it cannot be asked, or does not show the instance (yet)
     * @throws InterruptedException if the caller was interrupted
     */
    Instance refresh() throws InterruptedException;
}
