package dev.foothold.cloudinit;

import dev.foothold.internal.yaml.YamlText;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshPublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders a description as cloud-init's YAML. */
final class CloudConfigYaml {

    private CloudConfigYaml() {}

    static String render(CloudConfig config) {
        Map<String, Object> document = new LinkedHashMap<>();
        SshKeyPair hostKey = config.hostKey();
        if (hostKey != null) {
            Map<String, Object> keys = new LinkedHashMap<>();
            keys.put("ed25519_private", hostKey.privateKeyText());
            keys.put("ed25519_public", hostKey.publicKey().line());
            document.put("ssh_deletekeys", true);
            document.put("ssh_keys", keys);
        }
        if (!config.authorizedKeys().isEmpty()) {
            document.put(
                    "ssh_authorized_keys",
                    config.authorizedKeys().stream().map(SshPublicKey::line).toList());
        }
        if (!config.files().isEmpty()) {
            document.put(
                    "write_files",
                    config.files().stream().map(CloudConfigYaml::file).toList());
        }
        if (!config.commands().isEmpty()) {
            document.put("runcmd", List.copyOf(config.commands()));
        }
        return "#cloud-config\n" + (document.isEmpty() ? "{}\n" : YamlText.render(document));
    }

    private static Map<String, Object> file(FileToWrite file) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", file.path());
        entry.put("permissions", file.mode());
        entry.put("encoding", "b64");
        entry.put("content", file.base64());
        return entry;
    }
}
