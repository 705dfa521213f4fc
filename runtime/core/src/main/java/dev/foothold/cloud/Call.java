package dev.foothold.cloud;

import dev.foothold.instance.InstanceId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes one call to an author's environ.
 *
 * @param operation the method, for example {@code startInstance}
 * @param ids the instances it is about; empty if it is about none in particular
 * @param zone the availability zone it is about, or null
 * @param subject what else it is about, for messages, for example {@code volume vol-1}; or null
 */
public record Call(
        String operation,
        List<InstanceId> ids,
        @Nullable String zone,
        @Nullable String subject) {

    private static final int IDS_SHOWN = 5;

    /** All others only ask; an author may make something while preparing. */
    private static final Set<String> CHANGES =
            Set.of("prepareForBootstrap", "startInstance", "stopInstances", "tagInstance", "delete", "deleteAll");

    /**
     * Copies the list of ids.
     *
     * @param operation the method, for example {@code startInstance}
     * @param ids the instances it is about
     * @param zone the availability zone it is about, or null
     * @param subject what else it is about, or null
     */
    public Call {
        Objects.requireNonNull(operation, "operation");
        ids = List.copyOf(ids);
    }

    /**
     * Describes a call that is about nothing else than instances and a zone.
     *
     * @param operation the method, for example {@code startInstance}
     * @param ids the instances it is about
     * @param zone the availability zone it is about, or null
     */
    public Call(String operation, List<InstanceId> ids, @Nullable String zone) {
        this(operation, ids, zone, null);
    }

    static Call of(String operation) {
        return new Call(operation, List.of(), null);
    }

    static Call of(String operation, List<InstanceId> ids) {
        return new Call(operation, ids, null);
    }

    static Call in(String operation, @Nullable String zone) {
        return new Call(operation, List.of(), zone);
    }

    static Call about(String operation, String subject) {
        return new Call(operation, List.of(), null, subject);
    }

    /**
     * Tells whether the call may change something in the cloud.
     *
     * @return false if it only asks
     */
    public boolean changes() {
        return CHANGES.contains(operation);
    }

    /**
     * Describes the call for messages.
     *
     * @return for example {@code startInstance in zone "a"}, {@code stopInstances i-1, i-2} or {@code delete
     *     volume vol-1}
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(operation);
        if (!ids.isEmpty()) {
            text.append(' ')
                    .append(ids.stream().limit(IDS_SHOWN).map(InstanceId::value).collect(Collectors.joining(", ")));
            if (ids.size() > IDS_SHOWN) {
                text.append(" and ").append(ids.size() - IDS_SHOWN).append(" more");
            }
        }
        if (subject != null) {
            text.append(' ').append(subject);
        }
        if (zone != null) {
            text.append(" in zone \"").append(zone).append('"');
        }
        return text.toString();
    }
}
