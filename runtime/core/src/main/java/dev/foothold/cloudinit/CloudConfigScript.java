package dev.foothold.cloudinit;

/** Renders a description as a bash script. */
final class CloudConfigScript {

    private CloudConfigScript() {}

    static String render(CloudConfig config) {
        if (config.hostKey() != null || !config.authorizedKeys().isEmpty()) {
            throw new IllegalArgumentException(
                    "SSH keys cannot be set by the script: they belong to a machine's first boot");
        }
        StringBuilder script = new StringBuilder("#!/bin/bash\nset -e -o pipefail\n");
        for (FileToWrite file : config.files()) {
            String path = ShellWord.quote(file.path());
            // Made empty and closed to others first, so that a secret is never readable, not even for a moment.
            script.append("install -D -m 0600 /dev/null ").append(path).append('\n');
            script.append("base64 -d > ").append(path).append(" <<'EOF'\n");
            appendWrapped(script, file.base64());
            script.append("EOF\n");
            script.append("chmod ").append(file.mode()).append(' ').append(path).append('\n');
        }
        for (String command : config.commands()) {
            script.append(command).append('\n');
        }
        return script.toString();
    }

    private static void appendWrapped(StringBuilder script, String base64) {
        for (int start = 0; start < base64.length(); start += 76) {
            script.append(base64, start, Math.min(base64.length(), start + 76)).append('\n');
        }
    }
}
