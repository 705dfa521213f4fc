package dev.foothold.testkit;

import dev.foothold.environ.CredentialProbe;
import dev.foothold.environ.HasResources;
import dev.foothold.environ.InstanceTagger;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.UndoScope;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers for the small cloud as the contract asks, with everything that an environ can implement. */
class ZonedSmallEnviron extends SmallEnviron implements ZonedEnviron, HasResources, InstanceTagger, CredentialProbe {

    ZonedSmallEnviron(SmallCloud cloud) {
        super(cloud);
    }

    @Override
    public List<AvailabilityZone> availabilityZones() throws Exception {
        return cloud.listZones().stream().map(AvailabilityZone::of).toList();
    }

    @Override
    public List<ResourceKind> kinds() {
        return List.of(ResourceKind.VOLUME, ResourceKind.SECURITY_GROUP);
    }

    @Override
    public List<Resource> resources(ResourceKind kind, Tags owner) throws Exception {
        return cloud.things(kind.name()).stream()
                .map(one -> Resource.of(kind, one.id()).tagged(Tags.of(one.tags())))
                .toList();
    }

    @Override
    public void delete(Resource resource) throws Exception {
        try {
            cloud.remove(resource.id());
        } catch (SmallCloud.Refusal e) {
            if (!e.code.equals("404")) {
                throw e;
            }
        }
    }

    @Override
    public void prepareForBootstrap(UndoScope scope) throws Exception {
        prepareForBootstrap();
        SmallCloud.Thing group = cloud.make(ResourceKind.SECURITY_GROUP.name(), Map.of());
        scope.created(ResourceKind.SECURITY_GROUP, group.id(), () -> cloud.remove(group.id()));
    }

    @Override
    public void tagInstance(InstanceId id, Tags tags) throws Exception {
        for (SmallCloud.Machine machine : cloud.list(Map.of())) {
            if (machine.id().equals(id.value())) {
                Map<String, String> union = new LinkedHashMap<>(machine.tags());
                union.putAll(tags.asMap());
                cloud.tag(machine.id(), union);
            }
        }
    }

    @Override
    public void probeCredential() throws Exception {
        cloud.ask();
    }
}
