package ${package};

import dev.foothold.config.Secret;
#if ($style == "full")
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.instance.InstanceId;
#end
import dev.foothold.model.ModelSettings;
#if ($style == "full")
import dev.foothold.model.Tags;
#end
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.testkit.ProviderContract;
#if ($style == "full")
import dev.foothold.testkit.Trouble;
#end
import java.net.URI;
#if ($style == "full")
import java.nio.charset.StandardCharsets;
#end
import java.util.List;
#if ($style == "full")
#if ($zoned == "true")
import java.util.Objects;
#end
import java.util.Optional;
import org.jspecify.annotations.Nullable;
#end

/** The provider keeps every rule of Foothold's contract. What is skipped says what to override to have it checked. */
class ${className}ContractTest extends ProviderContract {

    private static final URI ENDPOINT = URI.create("memory:contract");
    private static final String TOKEN = "a-token-that-nobody-may-see";

#if ($style == "full")
    private final InMemory${className}Client cloud = new InMemory${className}Client(ENDPOINT, TOKEN);

#end
    @Override
    protected DefaultProvider open(ModelSettings model, Foothold foothold) {
        ${className}Config config = new ${className}Config(ENDPOINT);
        ${className}Credential credential = new ${className}Credential(Secret.of(TOKEN));
        return ${className}EnvironDefaultProvider.open(config, credential, model, foothold);
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }
#if ($style == "full")

    @Override
    protected Optional<byte[]> userDataOf(InstanceId id) {
        return Optional.of(cloud.userDataOf(id.value()).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected Optional<Resource> make(ResourceKind kind, Tags tags) {
        return Optional.of(
                Resource.of(kind, cloud.createVolume("data", tags.asMap()).id()));
    }

    @Override
    protected Optional<Trouble> provoke(Kind kind, @Nullable String zone) {
        return switch (kind) {
            case CREDENTIAL_INVALID -> refusing("unauthorized");
            case CREDENTIAL_EXPIRED -> refusing("token-expired");
            case NOT_AUTHORISED -> refusing("forbidden");
            case THROTTLED -> refusing("too-many-requests");
            case QUOTA -> refusing("quota-exceeded");
#if ($zoned == "true")
            case CAPACITY -> filled(zone);
#else
            case CAPACITY -> refusing("no-capacity");
#end
            default -> Optional.empty(); // which the cloud has no word of its own for
        };
    }

    private Optional<Trouble> refusing(String code) {
        cloud.refuse(code);
        return Optional.of(() -> cloud.admit(code));
    }
#if ($zoned == "true")

    private Optional<Trouble> filled(@Nullable String zone) {
        String full = Objects.requireNonNull(zone);
        cloud.fill(full);
        return Optional.of(() -> cloud.relieve(full));
    }
#end
#end
}
