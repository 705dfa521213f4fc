package dev.foothold.testing;

import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.Tags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An environ whose answers are written down beforehand, and which notes what it was asked. */
public final class ListedEnviron implements ZonedEnviron {

    /** The methods that were called, in order, as recorded answers name them. */
    public final List<String> calls = new ArrayList<>();

    /** What a method throws instead of answering, by the name in {@link #calls}. */
    public final Map<String, Exception> failures = new TreeMap<>();

    private final List<AvailabilityZone> zones = new ArrayList<>();
    private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    private final Map<InstanceId, String> zoneNames = new LinkedHashMap<>();

    /** Adds a zone. */
    public void zone(String name, boolean available) {
        zones.add(new AvailabilityZone(name, available));
    }

    /** Adds an instance that runs. */
    public void running(String id, Tags tags) {
        instances.put(InstanceId.of(id), Instance.of(id, InstanceStatus.RUNNING).tagged(tags));
    }

    /** Says which zone an instance is in, whether it runs or not. */
    public void in(String id, String zone) {
        zoneNames.put(InstanceId.of(id), zone);
    }

    @Override
    public Instance startInstance(StartInstanceParams params) {
        throw new UnsupportedOperationException("nothing is started here");
    }

    @Override
    public void stopInstance(InstanceId id) {
        throw new UnsupportedOperationException("nothing is stopped here");
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws Exception {
        return answer("AllInstances", List.copyOf(instances.values()));
    }

    @Override
    public List<Instance> allRunningInstances(Tags owner) throws Exception {
        return answer("AllRunningInstances", List.copyOf(instances.values()));
    }

    @Override
    public Map<InstanceId, Instance> instances(List<InstanceId> ids, Tags owner) throws Exception {
        Map<InstanceId, Instance> found = new LinkedHashMap<>(instances);
        found.keySet().retainAll(ids);
        return answer("Instances", found);
    }

    @Override
    public Map<InstanceId, String> instanceAvailabilityZoneNames(List<InstanceId> ids, Tags owner) throws Exception {
        Map<InstanceId, String> found = new LinkedHashMap<>(zoneNames);
        found.keySet().retainAll(ids);
        return answer("InstanceAvailabilityZoneNames", found);
    }

    @Override
    public List<AvailabilityZone> availabilityZones() throws Exception {
        return answer("AvailabilityZones", List.copyOf(zones));
    }

    private <T> T answer(String call, T answer) throws Exception {
        calls.add(call);
        Exception failure = failures.get(call);
        if (failure != null) {
            throw failure;
        }
        return answer;
    }
}
