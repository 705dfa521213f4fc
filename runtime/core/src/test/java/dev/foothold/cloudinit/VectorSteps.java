package dev.foothold.cloudinit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.testing.VectorCase;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/** Does with a description what the steps of a recorded case say. */
final class VectorSteps {

    private final VectorCase vector;
    private final UnaryOperator<String> texts;

    /** What the texts of host keys in the vector stand for. */
    private final Map<String, String> keys = new LinkedHashMap<>();

    VectorSteps(VectorCase vector, UnaryOperator<String> texts) {
        this.vector = vector;
        this.texts = texts;
    }

    CloudConfig apply() {
        CloudConfig config = CloudConfig.empty();
        for (JsonNode step : vector.get("steps")) {
            config = apply(config, step);
        }
        return config;
    }

    Map<String, String> keys() {
        return keys;
    }

    private CloudConfig apply(CloudConfig config, JsonNode step) {
        String first = step.has(1) ? texts.apply(step.get(1).asText()) : "";
        String second = step.has(2) ? texts.apply(step.get(2).asText()) : "";
        return switch (step.get(0).asText()) {
            case "update" -> config.updatePackages(step.get(1).asBoolean());
            case "upgrade" -> config.upgradePackages(step.get(1).asBoolean());
            case "mirror" -> config.aptMirror(URI.create(first));
            case "source" -> config.aptSource(source(first, second));
            case "prefs" ->
                // A file here is named, and what is pinned says of what kind it is.
                config.aptPin(new AptPin(
                        first.replace("/", ""),
                        step.get(3).asText(),
                        "release " + step.get(4).asText(),
                        step.get(5).asInt(),
                        second));
            case "package" -> config.packages(first);
            case "remove_package" -> config.removePackages(first);
            case "boot" -> config.bootShell(first);
            case "run" -> words(config, step);
            case "prepend_run" -> config.shellFirst(first);
            case "remove_run" -> config.removeShell(first);
            // The original adds the end of the last line.
            case "text_file", "boot_text_file" ->
                config.file(
                        first, second + "\n", Integer.toOctalString(step.get(3).asInt()));
            case "authorized_keys" -> authorize(config, first);
            case "user" -> config.user(user(step.get(1)));
            case "unset_users" -> config.without("users");
            case "ssh_keys" -> hostKeys(config, step.get(1));
            case "mount" -> config.mount(mount(first, second));
            case "output" ->
                config.output(OutputStage.valueOf(first.toUpperCase(Locale.ROOT)), redirection(second, step));
            case "ec2" -> flag(config, "disable_ec2_metadata", step.get(1));
            case "etc_hosts" -> flag(config, "manage_etc_hosts", step.get(1));
            case "final_message" -> config.set("final_message", first);
            case "disable_root" -> config.set("disable_root", step.get(1).asBoolean());
            case "attr" -> attribute(config, first, step.get(2));
            default -> throw new AssertionError(vector + " has an unknown step " + step);
        };
    }

    private static CloudConfig words(CloudConfig config, JsonNode step) {
        if (step.size() == 2) {
            return config.shell(step.get(1).asText());
        }
        return config.run(StreamSupport.stream(step.spliterator(), false)
                .skip(1)
                .map(JsonNode::asText)
                .toArray(String[]::new));
    }

    private static CloudConfig flag(CloudConfig config, String key, JsonNode value) {
        return value.asBoolean() ? config.set(key, true) : config.without(key);
    }

    private static CloudConfig attribute(CloudConfig config, String key, JsonNode value) {
        return switch (key) {
            case "package_update" -> config.updatePackages(value.asBoolean());
            case "package_upgrade" -> config.upgradePackages(value.asBoolean());
            default -> config.set(key, value.isBoolean() ? (Object) value.asBoolean() : value.asText());
        };
    }

    private AptSource source(String source, String key) {
        if (source.startsWith("ppa:")) {
            return AptSource.ppa(source);
        }
        if (!source.startsWith("deb ")) {
            throw vector.mappedAway("a source has to be a line of sources.list or a PPA");
        }
        if (!key.isEmpty() && !key.contains("-----BEGIN PGP PUBLIC KEY BLOCK-----")) {
            throw vector.mappedAway("a source's key has to be an armoured one, and is trusted for that source alone"
                    + " instead of handed to apt-key, which newer systems lack");
        }
        AptSource.Repository repository = AptSource.repository("vector", source);
        return key.isEmpty() ? repository : repository.signedBy(key);
    }

    private CloudConfig authorize(CloudConfig config, String lines) {
        try {
            return config.authorize(lines);
        } catch (IllegalArgumentException e) {
            throw vector.mappedAway("a line that is no key is refused when it is given: " + e.getMessage());
        }
    }

    private UserAccount user(JsonNode json) {
        UserAccount user = UserAccount.named(json.get("name").asText());
        for (JsonNode group : json.path("groups")) {
            user = user.groups(group.asText());
        }
        if (json.has("shell")) {
            user = user.shell(json.get("shell").asText());
        }
        if (json.has("keys")) {
            user = user.authorize(json.get("keys").asText());
        }
        if (json.path("sudo").size() > 1) {
            throw vector.mappedAway("a user has one sudo rule, in which several commands are separated by commas");
        }
        return json.has("sudo") ? user.sudo(json.get("sudo").get(0).asText()) : user;
    }

    private CloudConfig hostKeys(CloudConfig config, JsonNode triples) {
        CloudConfig changed = config.without("ssh_keys");
        for (JsonNode triple : triples) {
            String algorithm = triple.get(0).asText();
            if (algorithm.equals("ssh-dss")) {
                throw vector.mappedAway("DSA keys are not read: no current SSH server uses them");
            }
            SshKeyPair key = key(algorithm);
            keys.put(
                    triple.get(1).asText(), "private half of " + key.publicKey().line());
            keys.put(triple.get(2).asText(), key.publicKey().line());
            changed = changed.hostKey(key);
        }
        return changed;
    }

    private Mount mount(String device, String point) {
        try {
            return Mount.of(device, point);
        } catch (IllegalArgumentException e) {
            throw vector.mappedAway("a mount point that is not absolute is refused");
        }
    }

    private OutputRedirection redirection(String stdout, JsonNode step) {
        OutputRedirection redirection = OutputRedirection.to(target(stdout));
        String stderr = texts.apply(step.get(3).asText());
        return stderr.isEmpty() ? redirection : redirection.errorsTo(target(stderr.replaceFirst("^2", "")));
    }

    private static OutputTarget target(String text) {
        if (text.startsWith(">>")) {
            return OutputTarget.appendTo(text.substring(2).strip());
        }
        return text.startsWith(">")
                ? OutputTarget.file(text.substring(1).strip())
                : OutputTarget.command(text.substring(1).strip());
    }

    /** Makes a key pair of a kind that is not made by {@link SshKeyPair#generate}. */
    private static SshKeyPair key(String algorithm) {
        try {
            KeyPairGenerator generator;
            if (algorithm.startsWith("ecdsa-sha2-nistp")) {
                generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(
                        new ECGenParameterSpec("secp" + algorithm.substring("ecdsa-sha2-nistp".length()) + "r1"));
            } else if (algorithm.equals("ssh-rsa")) {
                generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
            } else {
                return SshKeyPair.generate("");
            }
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            return SshKeyPair.parse("-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                    + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
