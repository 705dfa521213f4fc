package dev.foothold.bootstrap;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;

/** Is told of every start before the cloud is asked for it, and of what came of it. */
interface StartJournal {

    /**
     * Notes that an instance is about to be asked for.
     *
     * @param params what the cloud is going to be asked for
     * @return what it is to be asked for: the same, with what the author needs to register side effects
     */
    StartInstanceParams intended(StartInstanceParams params);

    /** Notes that the cloud has accepted it. */
    void started(StartInstanceParams params, Instance instance);

    /** Notes that the cloud has refused it, or that its answer was lost. */
    void refused(StartInstanceParams params, CloudException refusal);

    /** Notes that nobody waits for the answer any more. */
    void interrupted(StartInstanceParams params, InterruptedException interruption);
}
