#set ($variable = $providerName.toUpperCase().replace("İ", "I").replace("-", "_"))
package ${package};

import dev.foothold.annotation.Setting;
import java.net.URI;

/**
 * Says where the cloud is.
 *
 * @param endpoint where its API listens
 */
public record ${className}Config(
        @Setting(doc = "Where the cloud's API listens.", env = "${variable}_ENDPOINT")
        URI endpoint) {}
