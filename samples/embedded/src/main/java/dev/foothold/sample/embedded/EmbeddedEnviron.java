package dev.foothold.sample.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foothold.annotation.ZonedProvider;
import dev.foothold.constraints.Constraints;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.ZonedEnviron;
import dev.foothold.instance.AvailabilityZone;
import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.model.Tags;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Answers for the simulated cloud: instances, zones, images and sizes over its HTTP API. */
@ZonedProvider(value = "embedded", description = "The simulated cloud, for demos and tests.")
public final class EmbeddedEnviron implements ZonedEnviron {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedConfig config;
    private final EmbeddedCredential credential;

    /**
     * Creates an environ; the cloud is not asked anything yet.
     *
     * @param config where the cloud is
     * @param credential who asks
     */
    public EmbeddedEnviron(EmbeddedConfig config, EmbeddedCredential credential) {
        this.config = config;
        this.credential = credential;
    }

    @Override
    public Instance startInstance(StartInstanceParams params) throws Exception {
        Map<String, Object> request = new HashMap<>();
        request.put("zone", params.zone().orElse(""));
        request.put(
                "type",
                params.instanceType() == null ? "" : params.instanceType().name());
        request.put("image", params.image() == null ? "" : params.image().id());
        request.put("userData", params.userData().base64());
        request.put("tags", params.tags().asMap());
        request.put("token", params.token().text());
        return toInstance(call("POST", "/v1/instances", request));
    }

    @Override
    public void stopInstance(InstanceId id) throws Exception {
        try {
            call("DELETE", "/v1/instances/" + id, null);
        } catch (CloudException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws Exception {
        String query = owner.asMap().entrySet().stream()
                .map(tag -> "tag=" + URLEncoder.encode(tag.getKey() + "=" + tag.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return items(call("GET", "/v1/instances?" + query, null).path("instances"))
                .map(EmbeddedEnviron::toInstance)
                .toList();
    }

    @Override
    public List<AvailabilityZone> availabilityZones() throws Exception {
        return items(call("GET", "/v1/zones", null).path("zones"))
                .map(zone -> new AvailabilityZone(
                        zone.path("name").asText(), zone.path("available").asBoolean()))
                .toList();
    }

    @Override
    public List<ImageMetadata> images(Base base, Arch arch) throws Exception {
        return items(call("GET", "/v1/images", null).path("images"))
                .filter(image -> image.path("os").asText().equals(base.os())
                        && image.path("version").asText().equals(base.channel())
                        && image.path("arch").asText().equals(arch.text()))
                .filter(image ->
                        config.image().map(image.path("id").asText()::equals).orElse(true))
                .map(image -> ImageMetadata.of(image.path("id").asText(), base, arch))
                .toList();
    }

    @Override
    public List<InstanceType> instanceTypes(Constraints constraints) throws Exception {
        return items(call("GET", "/v1/offerings", null).path("offerings"))
                .map(type -> InstanceType.of(
                        type.path("name").asText(),
                        Arch.parse(type.path("arch").asText()),
                        type.path("cores").asLong(),
                        type.path("memMiB").asLong()))
                .toList();
    }

    @Override
    public String dataDirectory() {
        return config.dataDirectory();
    }

    private JsonNode call(String method, String path, @Nullable Object body) throws Exception {
        URI uri = config.endpoint().resolve(path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + credential.token().reveal())
                .timeout(config.timeout())
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        JsonNode answer = JSON.readTree(response.body());
        if (response.statusCode() >= 400) {
            throw new CloudException(
                            kind(answer.path("code").asText()),
                            answer.path("message").asText())
                    .withRequestId(answer.path("requestId").asText());
        }
        return answer;
    }

    private static Kind kind(String code) {
        return switch (code) {
            case "InsufficientCapacity" -> Kind.CAPACITY;
            case "QuotaExceeded" -> Kind.QUOTA;
            case "Throttled" -> Kind.THROTTLED;
            case "NotFound" -> Kind.NOT_FOUND;
            case "Unauthorized" -> Kind.CREDENTIAL_INVALID;
            case "InvalidParameter" -> Kind.INVALID_REQUEST;
            default -> Kind.OTHER;
        };
    }

    private static Instance toInstance(JsonNode machine) {
        List<MachineAddress> addresses = items(machine.path("addresses"))
                .map(address -> new MachineAddress(
                        address.path("value").asText(),
                        address.path("scope").asText().equals("PUBLIC")
                                ? AddressScope.PUBLIC
                                : AddressScope.CLOUD_LOCAL,
                        address.path("port").asInt()))
                .toList();
        Map<String, String> tags = machine.path("tags").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, tag -> tag.getValue().asText()));
        return Instance.of(
                        machine.path("id").asText(),
                        status(machine.path("status").asText()))
                .saying(machine.path("message").asText())
                .in(machine.path("zone").asText())
                .at(addresses)
                .with(HardwareCharacteristics.of(
                        Arch.parse(machine.path("arch").asText()),
                        machine.path("cores").asLong(),
                        machine.path("memMiB").asLong()))
                .tagged(Tags.of(tags))
                .launchedAt(Instant.parse(machine.path("launchTime").asText()));
    }

    private static InstanceStatus status(String status) {
        return switch (status) {
            case "PENDING" -> InstanceStatus.PENDING;
            case "RUNNING" -> InstanceStatus.RUNNING;
            case "STOPPING" -> InstanceStatus.STOPPING;
            case "FAILED" -> InstanceStatus.PROVISIONING_ERROR;
            default -> InstanceStatus.UNKNOWN;
        };
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
