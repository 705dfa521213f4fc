package dev.foothold.cloudinit;

import java.net.URI;
import java.util.List;

/** The lines of a script that say where packages come from, and install them. */
final class PackageScript {

    /** Status 100 is apt's for what may pass: somebody else holds its lock, a repository does not answer. */
    private static final String APT = """
            foothold_apt() { # arguments of apt-get
                local attempt status
                if ! command -v apt-get > /dev/null; then
                    printf 'this machine has no apt-get, which is needed to %s packages\\n' "$1" >&2
                    return 127
                fi
                for attempt in 1 2 3 4 5; do
                    status=0
                    DEBIAN_FRONTEND=noninteractive apt-get --option=Dpkg::Options::=--force-confold \\
                        --option=Dpkg::Options::=--force-unsafe-io --assume-yes --quiet "$@" || status=$?
                    if [ "$status" -ne 100 ]; then
                        return "$status"
                    fi
                    if [ "$attempt" -lt 5 ]; then
                        foothold_progress "apt-get $* failed, attempt $attempt of 5; trying again in 10 s"
                        sleep 10
                    fi
                done
                foothold_progress "apt-get $* failed 5 times; giving up"
                return 100
            }
            """;

    /** Replaces the repository of the release and of its updates, not that of its security updates. */
    private static final String MIRROR = """
            foothold_mirror() { # repository
                local codename file changed
                codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release | tr -d '"')
                for file in /etc/apt/sources.list /etc/apt/sources.list.d/debian.sources \\
                    /etc/apt/sources.list.d/ubuntu.sources; do
                    [ -f "$file" ] || continue
                    changed=$(mirror=$1 release=$codename awk '
                        function ours(suite) {
                            sub("/$", "", suite)
                            return suite == ENVIRON["release"] || suite == ENVIRON["release"] "-updates" ||
                                suite == ENVIRON["release"] "-backports"
                        }
                        function flush(   i, n, suites, wanted) {
                            n = split(suitesOf, suites, " ")
                            for (i = 1; i <= n; i++) if (ours(suites[i])) wanted = 1
                            for (i = 1; i <= lines; i++) {
                                if (wanted && line[i] ~ /^URIs:/) print "URIs: " ENVIRON["mirror"]; else print line[i]
                            }
                            lines = 0; suitesOf = ""
                        }
                        FILENAME ~ /\\.sources$/ {
                            if ($0 ~ /^Suites:/) { suitesOf = $0; sub(/^Suites:/, "", suitesOf) }
                            line[++lines] = $0
                            if ($0 ~ /^[ \\t]*$/) flush()
                            next
                        }
                        $1 == "deb" || $1 == "deb-src" {
                            at = 2
                            if ($2 ~ /^\\[/) { while ($at !~ /\\]$/ && at < NF) at++; at++ }
                            if (ours($(at + 1))) $at = ENVIRON["mirror"]
                        }
                        { print }
                        END { flush() }' "$file")
                    printf '%s\\n' "$changed" | foothold_file "$file" 0644 '' ''
                done
            }
            """;

    private PackageScript() {}

    static boolean isNeeded(CloudConfig config) {
        return updates(config)
                || config.get(Section.UPGRADE).orElse(false)
                || !AptFiles.of(config).isEmpty();
    }

    static boolean needsFiles(CloudConfig config) {
        return config.get(Section.APT_MIRROR).isPresent()
                || !AptFiles.of(config).isEmpty();
    }

    static String functions(CloudConfig config) {
        return APT + (config.get(Section.APT_MIRROR).isPresent() ? MIRROR : "");
    }

    static void write(StringBuilder script, CloudConfig config) {
        List<AptSource> sources = config.get(Section.APT_SOURCES);
        for (FileToWrite file : AptFiles.of(config)) {
            FileScript.write(script, file);
        }
        config.get(Section.APT_MIRROR).ifPresent(mirror -> mirror(script, mirror));
        if (sources.stream().anyMatch(AptSource.Ppa.class::isInstance)) {
            progress(script, "Installing add-apt-repository");
            script.append("foothold_apt install software-properties-common\n");
        }
        for (AptSource source : sources) {
            progress(script, "Adding apt repository: " + source.description());
            if (source instanceof AptSource.Ppa ppa) {
                script.append("add-apt-repository --yes ")
                        .append(ppa.description())
                        .append('\n');
            }
        }
        if (updates(config)) {
            progress(script, "Running apt-get update");
            script.append("foothold_apt update\n");
        }
        if (config.get(Section.UPGRADE).orElse(false)) {
            progress(script, "Running apt-get upgrade");
            script.append("foothold_apt upgrade\n");
        }
        List<String> packages = config.get(Section.PACKAGES);
        if (!packages.isEmpty()) {
            progress(script, "Installing " + String.join(", ", packages));
        }
        for (String name : packages) {
            script.append("foothold_apt install ").append(ShellWord.quote(name)).append('\n');
        }
    }

    private static void mirror(StringBuilder script, URI mirror) {
        progress(script, "Changing apt mirror to " + mirror);
        script.append("foothold_mirror ")
                .append(ShellWord.quote(mirror.toString()))
                .append('\n');
    }

    private static boolean updates(CloudConfig config) {
        boolean toInstall = !config.get(Section.PACKAGES).isEmpty()
                || !config.get(Section.APT_SOURCES).isEmpty()
                || config.get(Section.APT_MIRROR).isPresent()
                || config.get(Section.UPGRADE).orElse(false);
        return config.get(Section.UPDATE).orElse(toInstall);
    }

    private static void progress(StringBuilder script, String message) {
        script.append("foothold_progress ").append(ShellWord.quote(message)).append('\n');
    }
}
