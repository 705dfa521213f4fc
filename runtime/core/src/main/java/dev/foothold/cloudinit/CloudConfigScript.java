package dev.foothold.cloudinit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Renders a description as a bash script. */
final class CloudConfigScript {

    static final Set<Section<?>> FIRST_BOOT_ONLY = Set.of(
            Section.TIMEZONE,
            Section.LOCALE,
            Section.NTP,
            Section.CA_CERTIFICATES,
            Section.MOUNTS,
            Section.SWAP,
            Section.HOST_KEYS);

    /** Whoever runs the script may have a descriptor for progress already. */
    private static final String HEAD = """
            #!/bin/bash
            set -e -o pipefail
            umask 022
            [ -n "${FOOTHOLD_PROGRESS_FD-}" ] || exec {FOOTHOLD_PROGRESS_FD}>&2
            export FOOTHOLD_PROGRESS_FD
            foothold_progress() { # message
                printf '%s\\n' "$1" >&"$FOOTHOLD_PROGRESS_FD"
            }
            """;

    private CloudConfigScript() {}

    static String render(CloudConfig config) {
        refuseWhatOnlyAFirstBootCanDo(config);
        StringBuilder script = new StringBuilder(HEAD);
        List<FileToWrite> files = config.get(Section.FILES);
        if (!files.isEmpty()
                || config.get(Section.PROXIES).isPresent()
                || config.get(Section.HOSTNAME).isPresent()
                || PackageScript.needsFiles(config)
                || AccountScript.needsFiles(config)) {
            script.append(FileScript.function());
        }
        script.append(AccountScript.functions(config));
        if (PackageScript.isNeeded(config)) {
            script.append(PackageScript.functions(config));
        }
        String steps = steps(config);
        OutputRedirection output = config.get(Section.OUTPUT).get(OutputStage.ALL);
        return script.append(output == null ? steps : OutputScript.around(steps, output))
                .toString();
    }

    private static String steps(CloudConfig config) {
        StringBuilder script = new StringBuilder();
        List<FileToWrite> files = config.get(Section.FILES);
        commands(script, config.get(Section.BOOT_COMMANDS));
        config.get(Section.PROXIES).ifPresent(proxies -> {
            FileScript.write(script, proxies.file());
            script.append("# shellcheck source=/dev/null\n. ")
                    .append(Proxies.FILE)
                    .append('\n');
        });
        files.stream().filter(file -> !FileScript.isLate(file, config)).forEach(file -> FileScript.write(script, file));
        config.get(Section.HOSTNAME).ifPresent(name -> {
            String host = name.split("\\.", 2)[0];
            FileScript.write(script, FileToWrite.text("/etc/hostname", host + "\n"));
            script.append("hostname ").append(host).append('\n');
        });
        AccountScript.write(script, config);
        if (PackageScript.isNeeded(config)) {
            PackageScript.write(script, config);
        }
        files.stream().filter(file -> FileScript.isLate(file, config)).forEach(file -> FileScript.write(script, file));
        commands(script, config.get(Section.COMMANDS));
        return script.toString();
    }

    private static void commands(StringBuilder script, List<String> commands) {
        commands.forEach(command -> script.append(command).append('\n'));
    }

    private static void refuseWhatOnlyAFirstBootCanDo(CloudConfig config) {
        List<String> keys = new ArrayList<>();
        for (Section<?> section : Section.ALL) {
            if (FIRST_BOOT_ONLY.contains(section) && !config.get(section).equals(section.absent())) {
                keys.add(section.key());
            }
        }
        for (OutputStage stage : OutputStage.values()) {
            if (stage != OutputStage.ALL && config.get(Section.OUTPUT).containsKey(stage)) {
                keys.add("output." + stage.key());
            }
        }
        Map<String, Object> extras = config.get(Section.EXTRAS);
        keys.addAll(extras.keySet());
        if (!keys.isEmpty()) {
            throw new IllegalArgumentException("a machine that runs already cannot be told " + String.join(", ", keys)
                    + ": only the first boot understands "
                    + (keys.size() == 1 ? "it" : "them")
                    + "; remove " + (keys.size() == 1 ? "it" : "them") + ", or say it by files and commands");
        }
    }
}
