package dev.foothold.cloudinit;

import dev.foothold.internal.yaml.YamlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes over what is said to cloud-init beyond the methods of {@link CloudConfig}. */
final class ExtraKeys {

    /** The keys that have a method, and its name. */
    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("package_update", "updatePackages"),
            Map.entry("apt_update", "updatePackages"),
            Map.entry("package_upgrade", "upgradePackages"),
            Map.entry("apt_upgrade", "upgradePackages"),
            Map.entry("packages", "packages"),
            Map.entry("apt", "aptSource, aptPin, aptMirror or aptProxy"),
            Map.entry("apt_sources", "aptSource"),
            Map.entry("apt_pins", "aptPin"),
            Map.entry("apt_mirror", "aptMirror"),
            Map.entry("apt_proxy", "aptProxy"),
            Map.entry("proxies", "proxies"),
            Map.entry("groups", "groups"),
            Map.entry("users", "user"),
            Map.entry("user", "user"),
            Map.entry("ssh_authorized_keys", "authorize"),
            Map.entry("ssh_keys", "hostKey"),
            Map.entry("hostname", "hostname"),
            Map.entry("timezone", "timezone"),
            Map.entry("locale", "locale"),
            Map.entry("ntp", "ntp"),
            Map.entry("ca_certs", "trustCertificate"),
            Map.entry("ca-certs", "trustCertificate"),
            Map.entry("mounts", "mount"),
            Map.entry("swap", "swap"),
            Map.entry("output", "output"),
            Map.entry("write_files", "file"),
            Map.entry("bootcmd", "boot"),
            Map.entry("runcmd", "run"));

    private ExtraKeys() {}

    static Map<String, Object> checked(String key, Object value) {
        Checked.line("key", key);
        String method = METHODS.get(key);
        if (method != null) {
            throw Checked.refused("key", key, "has a method of its own", "use " + method);
        }
        Object copy = copy(value);
        YamlText.render(Map.of(key, copy));
        return Map.of(key, copy);
    }

    private static Object copy(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, item) -> copy.put(name, item == null ? null : copy(item)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof Collection<?> items) {
            List<@Nullable Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(item == null ? null : copy(item)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
