package dev.foothold.sample.embedded;

import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import dev.foothold.instance.Instance;
import dev.foothold.time.DurationText;
import org.jspecify.annotations.Nullable;

/** Shows what Foothold tells while it works. */
final class ScreenEvents implements EventSink {

    private final Screen screen;

    ScreenEvents(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void on(Event event) {
        if (event instanceof Event.InstanceRequested requested) {
            screen.doing("asking for " + requested.description() + in(requested.zone()));
        } else if (event instanceof Event.ConstraintsUnsupported ignored) {
            screen.setback("this cloud ignores the constraints " + String.join(", ", ignored.names()));
        } else if (event instanceof Event.InstanceRefused refused) {
            screen.setback("no luck" + in(refused.zone()) + ": " + refused.reason());
        } else if (event instanceof Event.InstanceStarted started) {
            Instance instance = started.instance();
            screen.done(instance.id() + " (" + instance.hardware().summary() + ")" + in(instance.zoneName()));
        } else if (event instanceof Event.Connecting connecting) {
            screen.doing("knocking at " + connecting.address().hostAndPort() + " ("
                    + connecting
                            .address()
                            .scope()
                            .name()
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', '-') + ")");
        } else if (event instanceof Event.NotYet notYet) {
            screen.doing("not yet: " + notYet.verdict());
        } else if (event instanceof Event.Connected connected) {
            screen.done("reached " + connected.address().hostAndPort() + " after " + DurationText.of(connected.waited())
                    + "; host key and nonce are ours");
        } else if (event instanceof Event.ScriptStarted) {
            screen.doing("running a script; the machine says:");
        } else if (event instanceof Event.MachineOutput output) {
            screen.machine(output.line());
        } else if (event instanceof Event.ScriptSucceeded succeeded) {
            screen.done("done in " + DurationText.of(succeeded.elapsed()));
        } else if (event instanceof Event.AgentReady ready) {
            screen.done(ready.agent() + " " + ready.version() + " runs as a service");
        } else if (event instanceof Event.InstanceStopped stopped) {
            screen.done("stopped " + stopped.id());
        } else if (event instanceof Event.RollbackStarted rollback) {
            screen.setback("rolling back: " + rollback.reason());
        } else if (event instanceof Event.RollbackEnded rollback) {
            if (rollback.left().isEmpty()) {
                screen.done("rolled back, nothing left");
            } else {
                screen.failed("left behind: " + String.join(", ", rollback.left()) + "; " + rollback.remedy());
            }
        } else if (event instanceof Event.RollbackInterrupted interrupted) {
            screen.setback("once more would leave behind: " + String.join(", ", interrupted.abandons()));
        } else if (event instanceof Event.HeartbeatWatched watched) {
            screen.doing("finding out whether it still lives, for up to " + DurationText.of(watched.longest()) + ": "
                    + watched.holder());
        } else if (event instanceof Event.OperationLost lost) {
            screen.setback(lost.reason());
        } else if (event instanceof Event.OperationResumed resumed) {
            screen.done("going on from " + resumed.from());
        } else if (event instanceof Event.MachineKept kept) {
            screen.failed("kept " + kept.id() + ": " + kept.reach() + "; " + kept.remedy());
        }
    }

    private static String in(@Nullable String zone) {
        return zone == null ? "" : " in zone " + zone;
    }
}
