package dev.foothold.bootstrap;

import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.constraints.ConstraintName;
import dev.foothold.constraints.Constraints;
import dev.foothold.constraints.ConstraintsReport;
import dev.foothold.event.Event;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Has the cloud judge what is asked for, before anything is started. */
final class ConstraintsCheck {

    private ConstraintsCheck() {}

    /** Refuses what cannot be met, and tells of what has no effect. */
    static void check(Cloud cloud, OperationContext context, Constraints constraints) throws InterruptedException {
        if (constraints.isEmpty()) {
            return;
        }
        ConstraintsReport report = cloud.validate(constraints);
        if (!report.faults().isEmpty()) {
            throw new BootstrapException(
                    "the constraints \"" + constraints + "\" cannot be met: " + report.describeFaults(), null);
        }
        SortedSet<String> ignored = new TreeSet<>();
        report.unsupported().forEach(name -> ignored.add(name.text()));
        if (constraints.has(ConstraintName.ZONES) && cloud.zones().isEmpty()) {
            ignored.add(ConstraintName.ZONES.text());
        }
        if (!ignored.isEmpty()) {
            context.tell((at, origin) -> new Event.ConstraintsUnsupported(at, origin, List.copyOf(ignored)));
        }
    }
}
