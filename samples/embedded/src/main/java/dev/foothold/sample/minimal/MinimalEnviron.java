package dev.foothold.sample.minimal;

import static dev.foothold.network.AddressScope.PUBLIC;
import static java.net.http.HttpRequest.BodyPublishers.ofString;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foothold.annotation.Provider;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.model.Tags;
import dev.foothold.network.MachineAddress;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Answers for a cloud with an HTTP API.
 *
 * @param config where the cloud is, who asks, and what to start
 */
@Provider("minimal")
public record MinimalEnviron(MinimalConfig config) implements Environ {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Instance startInstance(StartInstanceParams params) throws Exception {
        ObjectNode machine = JSON.createObjectNode();
        machine.putPOJO("tags", params.tags().asMap());
        machine.put("type", config.type()).put("image", config.image());
        machine.put("userData", params.userData().base64());
        machine.put("token", params.token().text());
        return instance(call("POST", "instances", JSON.writeValueAsString(machine)));
    }

    @Override
    public void stopInstance(InstanceId id) throws Exception {
        call("DELETE", "instances/" + id, "");
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws Exception {
        JsonNode all = call("GET", "instances", "").path("instances");
        return all.valueStream().map(MinimalEnviron::instance).toList();
    }

    private JsonNode call(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(config.endpoint().resolve(path)).timeout(Duration.ofSeconds(30));
        request.header("Authorization", "Bearer " + config.token().reveal());
        var answer = HTTP.send(request.method(method, ofString(body)).build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 400 && !(answer.statusCode() == 404 && method.equals("DELETE"))) {
            throw new IOException(method + " " + path + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private static Instance instance(JsonNode it) {
        var tags = JSON.convertValue(it.path("tags"), new TypeReference<Map<String, String>>() {});
        var state = InstanceStatus.valueOf(it.path("status").asText().replace("FAILED", "PROVISIONING_ERROR"));
        var instance = Instance.of(it.path("id").asText(), state).tagged(Tags.of(tags));
        String ip = it.at("/addresses/0/value").asText();
        int port = it.at("/addresses/0/port").asInt();
        return ip.isEmpty() ? instance : instance.at(new MachineAddress(ip, PUBLIC, port));
    }
}
