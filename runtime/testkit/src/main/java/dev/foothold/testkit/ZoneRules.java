package dev.foothold.testkit;

import static dev.foothold.testkit.StartRules.ids;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.Owner;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;

/** What holds for clouds with availability zones. */
abstract class ZoneRules extends RuleGroup {

    /** As many as may be started in a real account. */
    private static final int ZONES_TRIED = 3;

    static final String NO_SUCH_ZONE = "foothold-no-such-zone";

    ZoneRules(Workbench bench) {
        super(bench);
    }

    @BeforeAll
    void needsZones() {
        assumeTrue(bench.zoned().isPresent(), "the environ does not implement ZonedEnviron");
    }

    private ZonedEnviron zoned() {
        return bench.zoned().orElseThrow();
    }

    @Checks(value = Rule.ZONE_NAMES, live = true)
    void everyZoneHasANameOfItsOwn() throws Exception {
        List<AvailabilityZone> zones = zoned().availabilityZones();
        check(zones != null && !zones.isEmpty(), "availabilityZones has returned %s", zones);
        Set<String> names = new LinkedHashSet<>();
        for (AvailabilityZone zone : zones) {
            check(!zone.name().isBlank(), "availabilityZones lists a zone without a name: %s", zones);
            check(names.add(zone.name()), "availabilityZones lists \"%s\" more than once: %s", zone.name(), zones);
        }
    }

    @Checks(value = Rule.ZONE_STARTED, live = true)
    void anInstanceIsInTheZoneItWasStartedIn() throws Exception {
        List<String> zones = bench.zones();
        check(!zones.isEmpty(), "availabilityZones lists no zone that is available");
        for (String zone : zones.subList(0, Math.min(ZONES_TRIED, zones.size()))) {
            Owner owner = Workbench.owner();
            StartInstanceParams params = bench.params(owner).in(zone, Workbench.token());
            Instance seen = bench.listed(bench.start(params).id(), owner.tags());
            check(
                    zone.equals(seen.zoneName()),
                    "instance %s was started in zone \"%s\", but is listed in \"%s\"",
                    seen.id(),
                    zone,
                    seen.zoneName());
        }
    }

    @Checks(value = Rule.ZONE_UNKNOWN, live = true)
    void anUnknownZoneIsRefused() throws Exception {
        Owner owner = Workbench.owner();
        StartInstanceParams params = bench.params(owner).in(NO_SUCH_ZONE, Workbench.token());
        refused(params, "zone \"" + NO_SUCH_ZONE + "\", which does not exist,");
    }

    private void refused(StartInstanceParams params, String what) throws Exception {
        refused(bench, params, what);
    }

    /** Makes sure that a start is refused, and leaves nothing. */
    static void refused(Workbench bench, StartInstanceParams params, String what) throws Exception {
        Instance started;
        try {
            started = bench.start(params);
        } catch (InterruptedException | BrokenRule e) {
            throw e;
        } catch (Exception e) {
            List<InstanceId> left = ids(bench.own(params.owner()));
            check(left.isEmpty(), "a start in %s has failed, but left %s", what, left);
            return;
        }
        throw new BrokenRule("a start in " + what + " has given " + started, null);
    }

    @Checks(value = Rule.ZONE_LOOKUP, live = true)
    void zonesAreToldOfWhatIsThere() throws Exception {
        Owner owner = Workbench.owner();
        StartInstanceParams params = bench.params(owner);
        InstanceId there = bench.listed(bench.start(params).id(), owner.tags()).id();
        List<InstanceId> both = List.of(bench.unknown(there), there);
        Map<InstanceId, String> names;
        try {
            names = zoned().instanceAvailabilityZoneNames(both, owner.tags());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokenRule(
                    "instanceAvailabilityZoneNames(" + both + "), of which the first is not there, has thrown " + e, e);
        }
        Map<InstanceId, String> expected = Map.of(there, params.zone().orElseThrow());
        check(
                expected.equals(names),
                "instanceAvailabilityZoneNames(%s), of which the first is not there, has returned %s instead of %s",
                both,
                names,
                expected);
    }

    @Checks(value = Rule.ZONE_DERIVED, live = true)
    void onlyListedZonesAreDerived() throws Exception {
        StartInstanceParams params = bench.params(Workbench.owner()).in(null, Workbench.token());
        List<String> derived = zoned().deriveAvailabilityZones(params);
        List<String> listed =
                zoned().availabilityZones().stream().map(AvailabilityZone::name).toList();
        check(
                derived != null && listed.containsAll(derived),
                "deriveAvailabilityZones has returned %s, but availabilityZones lists %s",
                derived,
                listed);
    }
}
