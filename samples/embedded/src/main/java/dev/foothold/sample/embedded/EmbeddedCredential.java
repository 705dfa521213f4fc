package dev.foothold.sample.embedded;

import dev.foothold.annotation.Setting;

/**
 * Says who asks.
 *
 * @param token what the cloud gave its customer; never shown
 */
public record EmbeddedCredential(
        @Setting(doc = "The customer's API token.", env = "EMBEDDED_TOKEN", secret = true)
        String token) {

    @Override
    public String toString() {
        return "EmbeddedCredential[token=***]";
    }
}
