package dev.foothold.cloudinit;

/** The lines of a script that write files. */
final class FileScript {

    /** How many characters of Base64 are in a line. */
    private static final int WIDTH = 76;

    /**
     * Writes beside the file and renames, so that nobody ever reads half of it, or a secret before it is closed to
     * others. A link is followed, as every program does that writes to it.
     */
    private static final String FUNCTION = """
            foothold_file() { # path mode user group; the content is on standard input
                local target new
                target=$(readlink -m -- "$1")
                if [ -d "$target" ]; then
                    printf 'file %s cannot be written: it is a directory\\n' "$1" >&2
                    return 1
                fi
                mkdir -p -- "${target%/*}/"
                new=$(mktemp -- "${target%/*}/.foothold.XXXXXXXXXX")
                if cat > "$new" && { [ -z "$3" ] || chown -- "$3" "$new"; } &&
                    { [ -z "$4" ] || chgrp -- "$4" "$new"; } && chmod "$2" "$new" && mv -f -- "$new" "$target"; then
                    return 0
                fi
                rm -f -- "$new"
                printf 'file %s could not be written\\n' "$1" >&2
                return 1
            }
            """;

    private FileScript() {}

    static String function() {
        return FUNCTION;
    }

    /** Tells whether a file has to wait for users or packages. */
    static boolean isLate(FileToWrite file, CloudConfig config) {
        return file.deferred()
                || config.get(Section.USERS).stream()
                        .anyMatch(user -> user.name().equals(file.user())
                                || user.name().equals(file.group())
                                || user.groups().contains(file.group()))
                || config.get(Section.GROUPS).contains(file.group());
    }

    static void write(StringBuilder script, FileToWrite file) {
        script.append("base64 -d <<'EOF' | foothold_file ")
                .append(ShellWord.quote(file.path()))
                .append(' ')
                .append(file.mode())
                .append(' ')
                .append(ShellWord.quote(file.user()))
                .append(' ')
                .append(ShellWord.quote(file.group()))
                .append('\n');
        String base64 = file.content().base64();
        for (int start = 0; start < base64.length(); start += WIDTH) {
            script.append(base64, start, Math.min(base64.length(), start + WIDTH))
                    .append('\n');
        }
        script.append("EOF\n");
    }
}
