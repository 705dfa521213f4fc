#set ($variable = $providerName.toUpperCase().replace("İ", "I").replace("-", "_"))
package ${package};

import dev.foothold.annotation.Setting;
import dev.foothold.config.Secret;

/**
 * Says who asks.
 *
 * @param token what the cloud gave its customer
 */
public record ${className}Credential(
        @Setting(doc = "The customer's API token.", env = "${variable}_TOKEN")
        Secret token) {}
