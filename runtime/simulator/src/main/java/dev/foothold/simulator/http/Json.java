package dev.foothold.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foothold.simulator.CloudApiException;
import dev.foothold.simulator.CloudMachine;
import dev.foothold.simulator.Fault;
import dev.foothold.simulator.RunRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Translates between the cloud's values and JSON. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** Says what is wrong with a request, in the client's words. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Every value of the API can be written.", e);
        }
    }

    static JsonNode read(byte[] body) throws Malformed {
        try {
            JsonNode node = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
            if (!node.isObject()) {
                throw new Malformed("the body is not a JSON object");
            }
            return node;
        } catch (IOException e) {
            throw new Malformed("the body is not JSON"); // its text may be secret
        }
    }

    static Map<String, Object> machine(CloudMachine machine) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", machine.id());
        json.put("status", machine.status().name());
        json.put("message", machine.message());
        json.put("zone", machine.zone());
        json.put("type", machine.type());
        json.put("image", machine.image());
        json.put("arch", machine.arch());
        json.put("cores", machine.cores());
        json.put("memMiB", machine.memMiB());
        json.put("rootDiskGiB", machine.rootDiskGiB());
        json.put("addresses", machine.addresses());
        json.put("tags", machine.tags());
        json.put("launchTime", machine.launchTime().toString());
        json.put("token", machine.token());
        return json;
    }

    static Map<String, Object> error(CloudApiException error) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", error.code());
        json.put("message", String.valueOf(error.getMessage()));
        json.put("requestId", error.requestId());
        error.retryAfter().ifPresent(wait -> json.put("retryAfterSeconds", seconds(wait)));
        return json;
    }

    /** Whole seconds, rounded up: who waits that long has waited long enough. */
    static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).getSeconds();
    }

    static RunRequest runRequest(JsonNode json) throws Malformed {
        Map<String, String> tags = new LinkedHashMap<>();
        JsonNode given = json.path("tags");
        given.properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        byte[] userData;
        try {
            userData = Base64.getDecoder().decode(json.path("userData").asText(""));
        } catch (IllegalArgumentException e) {
            throw new Malformed("userData is not Base64");
        }
        return new RunRequest(
                json.path("zone").asText(""),
                json.path("type").asText(""),
                json.path("image").asText(""),
                userData,
                tags,
                json.path("token").asText(""));
    }

    static Fault fault(String name, JsonNode json) throws Malformed {
        int slash = name.indexOf('/');
        String kind = slash < 0 ? name : name.substring(0, slash);
        String object = slash < 0 ? "" : name.substring(slash + 1);
        Fault fault = switch (kind) {
            case "no-capacity" -> new Fault.NoCapacity(object);
            case "slow-boot" -> new Fault.SlowBoot(duration(json, "extra"));
            case "never-boots" -> new Fault.NeverBoots();
            case "refuses" -> new Fault.Refuses();
            case "black-hole" -> new Fault.BlackHole(lasting(json));
            case "silent" -> new Fault.Silent(lasting(json));
            case "drops-connections" -> new Fault.DropsConnections(lasting(json));
            case "dies-in-handshake" -> new Fault.DiesInHandshake(lasting(json));
            case "wrong-host-key" -> new Fault.WrongHostKey();
            case "wrong-nonce" -> new Fault.WrongNonce(file(json));
            case "late-nonce" -> new Fault.LateNonce(file(json), duration(json, "by"));
            case "late-login" -> new Fault.LateLogin(duration(json, "by"));
            case "penalties" -> new Fault.Penalties();
            case "call-fails" ->
                new Fault.CallFails(
                        object,
                        json.path("code").asText(CloudApiException.UNAVAILABLE),
                        json.path("times").asInt(1),
                        json.has("retryAfterSeconds")
                                ? Optional.of(Duration.ofSeconds(
                                        json.path("retryAfterSeconds").asLong()))
                                : Optional.empty());
            default -> throw new Malformed("there is no fault '" + name + "'");
        };
        if (!fault.name().equals(name)) {
            throw new Malformed("there is no fault '" + name + "', only '" + fault.name() + "'");
        }
        return fault;
    }

    private static Optional<Duration> lasting(JsonNode json) throws Malformed {
        return json.has("lasting") ? Optional.of(duration(json, "lasting")) : Optional.empty();
    }

    private static String file(JsonNode json) throws Malformed {
        String file = json.path("file").asText("");
        if (file.isEmpty()) {
            throw new Malformed("file is missing");
        }
        return file;
    }

    private static Duration duration(JsonNode json, String field) throws Malformed {
        try {
            return Duration.parse(json.path(field).asText(""));
        } catch (DateTimeParseException e) {
            throw new Malformed(field + " is not an ISO 8601 duration such as PT2S");
        }
    }
}
