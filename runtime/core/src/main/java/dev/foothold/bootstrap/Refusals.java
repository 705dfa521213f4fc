package dev.foothold.bootstrap;

import dev.foothold.environ.CloudException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what the cloud has said to each attempt to start a machine, and tells all of it if none succeeds. */
final class Refusals {

    private record Refusal(@Nullable String zone, Offering offering, CloudException reason) {}

    private final List<Refusal> all = new ArrayList<>();

    void add(@Nullable String zone, Offering offering, CloudException reason) {
        all.add(new Refusal(zone, offering, reason));
    }

    /** Explains every attempt, of which there was one at least; the first refusal is the cause, the others suppressed. */
    BootstrapException failure(String cannot) {
        Refusal first = all.get(0);
        String message = all.size() == 1 ? cannot + in(first.zone) + ": " + first.reason.reason() : cannot + each();
        BootstrapException failure = new BootstrapException(message, first.reason);
        all.stream().skip(1).forEach(refusal -> failure.addSuppressed(refusal.reason));
        return failure;
    }

    private static String in(@Nullable String zone) {
        return zone == null ? "" : " in availability zone \"" + zone + "\"";
    }

    private String each() {
        Offering first = all.get(0).offering;
        List<String> zones = all.stream()
                .filter(refusal -> refusal.offering.equals(first))
                .map(Refusal::zone)
                .filter(Objects::nonNull)
                .toList();
        boolean sizes = all.stream().anyMatch(refusal -> !refusal.offering.equals(first));
        StringBuilder text = new StringBuilder();
        if (!zones.isEmpty()) {
            text.append(" in any availability zone (")
                    .append(String.join(", ", zones))
                    .append(')');
        }
        text.append(':');
        for (Refusal refusal : all) {
            List<String> what = new ArrayList<>();
            if (refusal.zone != null) {
                what.add("zone \"" + refusal.zone + "\"");
            }
            if (sizes) {
                what.add(refusal.offering.typeName());
            }
            text.append("\n  ").append(String.join(", ", what)).append(": ").append(refusal.reason.reason());
        }
        return text.toString();
    }
}
