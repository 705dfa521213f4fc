package ${package};

import dev.foothold.annotation.Setting;
import dev.foothold.config.Secret;

/**
 * Says who asks.
 *
 * @param token what the cloud gave its customer
 */
public record ${className}Credential(
        @Setting(doc = "The customer's API token.", env = "${providerName.toUpperCase().replace('-', '_')}_TOKEN") Secret token) {}
