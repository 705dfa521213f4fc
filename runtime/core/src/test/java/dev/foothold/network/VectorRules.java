package dev.foothold.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads ports and rules as the recorded questions write them. */
public final class VectorRules {

    private VectorRules() {}

    /** Reads a range. */
    public static PortRange range(JsonNode json) {
        return new PortRange(json.get("from").asInt(), json.get("to").asInt(), protocol(json));
    }

    static Protocol protocol(JsonNode json) {
        return Protocol.parse(json.get("proto").asText());
    }

    static List<PortRange> ranges(JsonNode json) {
        return StreamSupport.stream(json.spliterator(), false)
                .map(VectorRules::range)
                .toList();
    }

    /** Reads a rule. */
    public static IngressRule rule(JsonNode json) {
        List<Cidr> sources = new ArrayList<>();
        for (JsonNode cidr : json.get("cidrs")) {
            sources.add(Cidr.parse(cidr.asText()));
        }
        return new IngressRule(range(json), sources);
    }

    /** Reads a list of rules. */
    public static IngressRules rules(JsonNode json) {
        return IngressRules.of(StreamSupport.stream(json.spliterator(), false)
                .map(VectorRules::rule)
                .toList());
    }
}
