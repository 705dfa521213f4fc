package ${package};

import dev.foothold.annotation.Setting;

/**
 * Says who asks.
 *
 * @param token what the cloud gave its customer; never shown
 */
public record ${className}Credential(
        @Setting(doc = "The customer's API token.", env = "${providerName.toUpperCase().replace('-', '_')}_TOKEN", secret = true) String token) {

    @Override
    public String toString() {
        return "${className}Credential[token=***]";
    }
}
