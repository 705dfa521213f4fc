package dev.foothold.sample.embedded;

import dev.foothold.annotation.Credential;
import dev.foothold.annotation.Setting;
import dev.foothold.config.Secret;

/**
 * Says who asks.
 *
 * @param token what the cloud gave its customer
 */
// tag::credential[]
@Credential("token")
public record EmbeddedCredential(
        @Setting(doc = "The customer's API token.", env = "EMBEDDED_TOKEN", orFile = "token-file")
        Secret token) {}
// end::credential[]
