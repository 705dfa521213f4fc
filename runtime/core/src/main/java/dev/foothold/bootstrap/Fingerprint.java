package dev.foothold.bootstrap;

import dev.foothold.model.ModelSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Stands for what makes a machine what it is, so that a later run can tell whether it is asked for the same machine. How
 * long to wait for it, and what to do if it fails, is not part of that.
 */
final class Fingerprint {

    private Fingerprint() {}

    static String of(BootstrapParams params, ModelSettings model) {
        List<String> words = List.of(
                params.base().toString(),
                params.constraints().toString(),
                String.valueOf(params.placement()),
                new TreeMap<>(params.storagePools()).toString(),
                params.cloudConfig().renderScript(),
                String.valueOf(params.agent()),
                String.join("\n", model.authorizedKeys()),
                model.tags().toString());
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String word : words) {
                digest.update(word.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
