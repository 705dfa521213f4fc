package dev.foothold.simulator;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Asks for one instance.
 *
 * @param zone the name of a zone; empty lets the cloud choose
 * @param type the name of an offering
 * @param image the id of an image
 * @param userData {@code #cloud-config} text; may be empty
 * @param tags what to tag the instance with
 * @param token makes asking again return the same instance; empty makes every request a new one
 */
public record RunRequest(
        String zone, String type, String image, byte[] userData, Map<String, String> tags, String token) {

    /**
     * Copies what could change.
     *
     * @param zone the name of a zone; empty lets the cloud choose
     * @param type the name of an offering
     * @param image the id of an image
     * @param userData {@code #cloud-config} text; may be empty
     * @param tags what to tag the instance with
     * @param token makes asking again return the same instance; empty makes every request a new one
     */
    public RunRequest {
        userData = userData.clone();
        tags = Map.copyOf(tags);
    }

    /**
     * Asks for an instance in a zone that the cloud chooses, without user data, tags and token.
     *
     * @param type the name of an offering
     * @param image the id of an image
     * @return the request
     */
    public static RunRequest of(String type, String image) {
        return new RunRequest("", type, image, new byte[0], Map.of(), "");
    }

    /**
     * Asks for another zone.
     *
     * @param zone the name of a zone
     * @return a changed copy
     */
    public RunRequest in(String zone) {
        return new RunRequest(zone, type, image, userData, tags, token);
    }

    /**
     * Asks for other user data.
     *
     * @param userData {@code #cloud-config} text
     * @return a changed copy
     */
    public RunRequest withUserData(byte[] userData) {
        return new RunRequest(zone, type, image, userData, tags, token);
    }

    /**
     * Asks for other tags.
     *
     * @param tags what to tag the instance with
     * @return a changed copy
     */
    public RunRequest tagged(Map<String, String> tags) {
        return new RunRequest(zone, type, image, userData, tags, token);
    }

    /**
     * Asks under a token.
     *
     * @param token the idempotency token
     * @return a changed copy
     */
    public RunRequest withToken(String token) {
        return new RunRequest(zone, type, image, userData, tags, token);
    }

    /**
     * Gives the user data.
     *
     * @return a copy
     */
    @Override
    public byte[] userData() {
        return userData.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunRequest request
                && zone.equals(request.zone)
                && type.equals(request.type)
                && image.equals(request.image)
                && Arrays.equals(userData, request.userData)
                && tags.equals(request.tags)
                && token.equals(request.token);
    }

    @Override
    public int hashCode() {
        return Objects.hash(zone, type, image, Arrays.hashCode(userData), tags, token);
    }

    /** Shows everything but the user data, which holds keys. */
    @Override
    public String toString() {
        return "RunRequest[zone=" + zone + ", type=" + type + ", image=" + image + ", userData=" + userData.length
                + " bytes, tags=" + tags + ", token=" + token + "]";
    }
}
