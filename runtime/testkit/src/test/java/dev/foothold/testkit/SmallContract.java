package dev.foothold.testkit;

import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.Environ;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.DefaultZonedProvider;
import dev.foothold.provider.Foothold;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The contract of providers for the small cloud, with everything that an author can override. */
abstract class SmallContract extends ProviderContract {

    private static final Set<Kind> PROVOKED = EnumSet.of(
            Kind.CREDENTIAL_INVALID,
            Kind.CREDENTIAL_EXPIRED,
            Kind.NOT_AUTHORISED,
            Kind.THROTTLED,
            Kind.CAPACITY,
            Kind.QUOTA);

    final SmallCloud cloud = new SmallCloud();

    abstract Environ environ() throws Exception;

    @Override
    protected DefaultProvider open(ModelSettings model, Foothold foothold) throws Exception {
        Environ environ = environ();
        return environ instanceof ZonedEnviron zoned
                ? new DefaultZonedProvider(zoned, model, foothold)
                : new DefaultProvider(environ, model, foothold);
    }

    @Override
    protected Optional<byte[]> userDataOf(InstanceId id) {
        return Optional.ofNullable(cloud.machines.get(id.value())).map(SmallCloud.Machine::userData);
    }

    @Override
    protected Optional<Resource> make(ResourceKind kind, Tags tags) {
        return Optional.of(
                Resource.of(kind, cloud.make(kind.name(), tags.asMap()).id()));
    }

    @Override
    protected Optional<Trouble> provoke(Kind kind, @Nullable String zone) {
        if (!PROVOKED.contains(kind)) {
            return Optional.empty();
        }
        cloud.refuses.add(kind);
        return Optional.of(() -> cloud.refuses.remove(kind));
    }

    @Override
    protected List<String> secrets() {
        return List.of(SmallCloud.TOKEN);
    }
}
