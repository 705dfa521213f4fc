package dev.foothold.cloudinit;

import dev.foothold.ssh.SshPublicKey;
import java.util.List;

/** The lines of a script that make groups and users, and let keys in. */
final class AccountScript {

    private static final String GROUP = """
            foothold_group() { # name
                getent group "$1" > /dev/null || groupadd "$1"
            }
            """;

    private static final String USER = """
            foothold_user() { # name groups shell
                if ! getent passwd "$1" > /dev/null; then
                    useradd --create-home ${2:+--groups "$2"} ${3:+--shell "$3"} "$1"
                else
                    [ -z "$2" ] || usermod --append --groups "$2" "$1"
                    [ -z "$3" ] || usermod --shell "$3" "$1"
                fi
                passwd --lock "$1" > /dev/null
            }
            """;

    /** Done as the user: what is in a home is not to be trusted by root. */
    private static final String KEYS = """
            foothold_keys() { # user; the keys are on standard input
                local home
                home=$(getent passwd "$1" | cut -d : -f 6)
                # shellcheck disable=SC2016
                runuser -u "$1" -- /bin/sh -e -c '
                    umask 077
                    file=$1/.ssh/authorized_keys
                    mkdir -p "$1/.ssh"
                    touch "$file"
                    [ -z "$(tail -c 1 "$file")" ] || echo >> "$file"
                    while IFS= read -r key; do
                        grep -qxF -e "$key" "$file" || printf "%s\\n" "$key" >> "$file"
                    done' keys "$home"
            }
            """;

    /** A rule that sudo cannot read would keep everybody from using it. */
    private static final String SUDO = """
            foothold_sudo() { # user rule
                if command -v visudo > /dev/null && ! printf '%s %s\\n' "$1" "$2" | visudo -c -q -f -; then
                    printf 'the sudo rule of user %s is not valid: %s\\n' "$1" "$2" >&2
                    return 1
                fi
                printf '%s %s\\n' "$1" "$2" | foothold_file "/etc/sudoers.d/90-foothold-$1" 0440 '' ''
            }
            """;

    private AccountScript() {}

    static String functions(CloudConfig config) {
        List<UserAccount> users = config.get(Section.USERS);
        StringBuilder functions = new StringBuilder();
        if (!config.get(Section.GROUPS).isEmpty()
                || users.stream().anyMatch(user -> !user.groups().isEmpty())) {
            functions.append(GROUP);
        }
        if (!users.isEmpty()) {
            functions.append(USER);
        }
        if (!config.get(Section.AUTHORIZED_KEYS).isEmpty()
                || users.stream().anyMatch(user -> !user.keys().isEmpty())) {
            functions.append(KEYS);
        }
        if (needsFiles(config)) {
            functions.append(SUDO);
        }
        return functions.toString();
    }

    static boolean needsFiles(CloudConfig config) {
        return config.get(Section.USERS).stream().anyMatch(user -> !user.sudo().isEmpty());
    }

    static void write(StringBuilder script, CloudConfig config) {
        for (String group : config.get(Section.GROUPS)) {
            script.append("foothold_group ").append(group).append('\n');
        }
        for (UserAccount user : config.get(Section.USERS)) {
            for (String group : user.groups()) {
                script.append("foothold_group ").append(group).append('\n');
            }
            script.append("foothold_user ")
                    .append(ShellWord.join(List.of(user.name(), String.join(",", user.groups()), user.shell())))
                    .append('\n');
            if (!user.sudo().isEmpty()) {
                script.append("foothold_sudo ")
                        .append(ShellWord.join(List.of(user.name(), user.sudo())))
                        .append('\n');
            }
            keys(script, user.name(), user.keys());
        }
        keys(script, "\"${SUDO_USER:-root}\"", config.get(Section.AUTHORIZED_KEYS));
    }

    private static void keys(StringBuilder script, String user, List<SshPublicKey> keys) {
        if (keys.isEmpty()) {
            return;
        }
        script.append("foothold_keys ").append(user).append(" <<'EOF'\n");
        keys.forEach(key -> script.append(key.line()).append('\n'));
        script.append("EOF\n");
    }
}
