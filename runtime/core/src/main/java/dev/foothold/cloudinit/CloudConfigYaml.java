package dev.foothold.cloudinit;

import dev.foothold.internal.yaml.YamlText;
import dev.foothold.ssh.SshPublicKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Renders a description as cloud-init's YAML. */
final class CloudConfigYaml {

    private CloudConfigYaml() {}

    static String render(CloudConfig config) {
        Map<String, Object> document = document(config);
        return "#cloud-config\n" + (document.isEmpty() ? "{}\n" : YamlText.render(document));
    }

    /** Says how many bytes of the document each file and each other key takes. */
    static Map<String, Integer> sizes(CloudConfig config) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        document(config).forEach((key, value) -> {
            if (!key.equals(Section.FILES.key())) {
                sizes.put(key, YamlText.render(Map.of(key, value)).getBytes(StandardCharsets.UTF_8).length);
            }
        });
        for (FileToWrite file : files(config)) {
            sizes.merge("file " + file.path(), file.content().base64().length(), Integer::sum);
        }
        return sizes;
    }

    private static Map<String, Object> document(CloudConfig config) {
        Map<String, Object> document = new LinkedHashMap<>();
        system(document, config);
        accounts(document, config);
        packages(document, config);
        Map<String, Object> output = new LinkedHashMap<>();
        config.get(Section.OUTPUT).forEach((stage, redirection) -> output.put(stage.key(), output(redirection)));
        put(document, Section.OUTPUT, output);
        put(document, Section.BOOT_COMMANDS, config.get(Section.BOOT_COMMANDS));
        put(
                document,
                Section.FILES,
                files(config).stream().map(file -> file(file, config)).toList());
        List<String> commands = new ArrayList<>(config.get(Section.COMMANDS));
        if (!commands.isEmpty() && config.get(Section.PROXIES).isPresent()) {
            commands.add(0, ". " + Proxies.FILE);
        }
        put(document, Section.COMMANDS, commands);
        document.putAll(config.get(Section.EXTRAS));
        return document;
    }

    private static void system(Map<String, Object> document, CloudConfig config) {
        put(document, Section.HOSTNAME, config.get(Section.HOSTNAME));
        put(document, Section.TIMEZONE, config.get(Section.TIMEZONE));
        put(document, Section.LOCALE, config.get(Section.LOCALE));
        config.get(Section.NTP).ifPresent(ntp -> {
            Map<String, Object> servers = new LinkedHashMap<>();
            if (!ntp.servers().isEmpty()) {
                servers.put("servers", ntp.servers());
            }
            if (!ntp.pools().isEmpty()) {
                servers.put("pools", ntp.pools());
            }
            document.put(Section.NTP.key(), servers);
        });
        if (!config.get(Section.CA_CERTIFICATES).isEmpty()) {
            document.put(Section.CA_CERTIFICATES.key(), Map.of("trusted", config.get(Section.CA_CERTIFICATES)));
        }
        put(
                document,
                Section.MOUNTS,
                config.get(Section.MOUNTS).stream().map(Mount::fields).toList());
        config.get(Section.SWAP).ifPresent(swap -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("filename", swap.path());
            entry.put("size", swap.size().bytes() == 0 ? "auto" : swap.size().bytes());
            if (swap.most().bytes() > 0) {
                entry.put("maxsize", swap.most().bytes());
            }
            document.put(Section.SWAP.key(), entry);
        });
    }

    private static void accounts(Map<String, Object> document, CloudConfig config) {
        put(document, Section.GROUPS, config.get(Section.GROUPS));
        List<Object> users = new ArrayList<>();
        // Without it the image's own user is not made, and its keys would have nowhere to go.
        if (!config.get(Section.USERS).isEmpty()
                && !config.get(Section.AUTHORIZED_KEYS).isEmpty()) {
            users.add("default");
        }
        config.get(Section.USERS).forEach(user -> users.add(user(user)));
        put(document, Section.USERS, users);
        put(document, Section.AUTHORIZED_KEYS, lines(config.get(Section.AUTHORIZED_KEYS)));
        Map<String, Object> hostKeys = new LinkedHashMap<>();
        config.get(Section.HOST_KEYS).forEach((kind, key) -> {
            hostKeys.put(kind + "_private", key.privateText());
            hostKeys.put(kind + "_public", key.publicText());
        });
        if (!hostKeys.isEmpty()) {
            document.put("ssh_deletekeys", true);
            document.put(Section.HOST_KEYS.key(), hostKeys);
        }
    }

    private static Map<String, Object> user(UserAccount user) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", user.name());
        entry.put("lock_passwd", true);
        if (!user.groups().isEmpty()) {
            entry.put("groups", user.groups());
        }
        if (!user.shell().isEmpty()) {
            entry.put("shell", user.shell());
        }
        if (!user.keys().isEmpty()) {
            entry.put("ssh_authorized_keys", lines(user.keys()));
        }
        if (!user.sudo().isEmpty()) {
            entry.put("sudo", user.sudo());
        }
        return entry;
    }

    private static List<String> lines(List<SshPublicKey> keys) {
        return keys.stream().map(SshPublicKey::line).toList();
    }

    private static void packages(Map<String, Object> document, CloudConfig config) {
        Map<String, Object> apt = new LinkedHashMap<>();
        Map<String, Object> archives = new LinkedHashMap<>();
        for (AptSource source : config.get(Section.APT_SOURCES)) {
            if (source instanceof AptSource.Ppa ppa) {
                archives.put(ppa.archive().replace('/', '-'), Map.of("source", ppa.description()));
            }
        }
        config.get(Section.APT_MIRROR).ifPresent(mirror -> {
            Map<String, Object> primary = new LinkedHashMap<>();
            primary.put("arches", List.of("default"));
            primary.put("uri", mirror.toString());
            apt.put("primary", List.of(primary));
        });
        if (!archives.isEmpty()) {
            apt.put("sources", archives);
        }
        if (!apt.isEmpty()) {
            // Otherwise images differ in whether they write a list of their own.
            apt.put("preserve_sources_list", config.get(Section.APT_MIRROR).isEmpty());
            document.put("apt", apt);
        }
        boolean hasSources = !config.get(Section.APT_SOURCES).isEmpty()
                || config.get(Section.APT_MIRROR).isPresent();
        put(
                document,
                Section.UPDATE,
                config.get(Section.UPDATE).or(() -> hasSources ? Optional.of(true) : Optional.empty()));
        put(document, Section.UPGRADE, config.get(Section.UPGRADE));
        put(document, Section.PACKAGES, config.get(Section.PACKAGES));
    }

    /** Everything that is said by writing a file: what apt is told comes first, as the script does it. */
    private static List<FileToWrite> files(CloudConfig config) {
        List<FileToWrite> files = new ArrayList<>(AptFiles.of(config));
        config.get(Section.PROXIES).ifPresent(proxies -> files.add(proxies.file()));
        files.addAll(config.get(Section.FILES));
        return files;
    }

    private static Map<String, Object> file(FileToWrite file, CloudConfig config) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("path", file.path());
        entry.put("permissions", file.mode());
        if (!file.owner().isEmpty()) {
            entry.put("owner", file.owner());
        }
        if (FileScript.isLate(file, config)) {
            entry.put("defer", true);
        }
        entry.put("encoding", "b64");
        entry.put("content", file.content().base64());
        return entry;
    }

    private static Object output(OutputRedirection redirection) {
        OutputTarget stderr = redirection.stderr();
        String stdout = target(redirection.stdout());
        return stderr == null ? stdout : List.of(stdout, target(stderr));
    }

    private static String target(OutputTarget target) {
        if (target instanceof OutputTarget.File file) {
            return (file.append() ? ">>" : ">") + file.path();
        }
        return "| " + ((OutputTarget.Command) target).script();
    }

    private static void put(Map<String, Object> document, Section<?> section, Optional<?> value) {
        value.ifPresent(present -> document.put(section.key(), present));
    }

    private static void put(Map<String, Object> document, Section<?> section, List<?> value) {
        if (!value.isEmpty()) {
            document.put(section.key(), value);
        }
    }

    private static void put(Map<String, Object> document, Section<?> section, Map<?, ?> value) {
        if (!value.isEmpty()) {
            document.put(section.key(), value);
        }
    }
}
