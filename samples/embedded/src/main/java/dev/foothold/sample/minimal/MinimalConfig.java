package dev.foothold.sample.minimal;

import dev.foothold.annotation.Setting;
import dev.foothold.config.Secret;
import java.net.URI;

/**
 * Says where the cloud is, who asks, and what to start.
 *
 * @param endpoint the API's root, with a slash at its end
 * @param token the customer's API token
 * @param type the size of the machines
 * @param image what the machines are started from
 */
public record MinimalConfig(
        URI endpoint,
        Secret token,
        @Setting(defaultValue = "small") String type,
        @Setting(defaultValue = "ubuntu-24.04") String image) {}
