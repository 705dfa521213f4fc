package dev.foothold.script;

import dev.foothold.config.Secret;
import dev.foothold.ssh.SshCommand;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs on the machine to start, follow and stop scripts: programs for any POSIX shell, run as root.
 *
 * <p>Everything goes through standard input, the program itself included: nothing has to be quoted, no list of processes
 * shows it, and the command line means the same to every login shell, be it csh or fish. Records for the client are lines
 * of standard error that begin with {@value #RECORD}; whatever else start-up files write there and on standard output
 * before {@value #OUTPUT} is noise.
 */
enum RemoteProgram {

    /**
     * Makes a place that the login user may upload to. Reads: data directory, id. Tells {@code files DIRECTORY}, or {@code
     * begun} if there is nothing to upload any more.
     */
    PREPARE("""
            IFS= read -r data; IFS= read -r id
            enter
            if [ -e "$d/run.1" ] || [ -e "$d/status" ]; then say begun; exit 0; fi
            umask 022
            e=$(mkdir -p "$files" 2>&1 && chmod 700 "$files" 2>&1 && chown "${SUDO_UID:-$(id -u)}" "$files" 2>&1) ||
                die "$files cannot be made: $e"
            say "files $(cd "$files" && pwd -P)"
            """),

    /**
     * Starts a script, unless it has been, and follows its output. Reads: data directory, id, how much of the output is
     * known, the script's length (-1: it was started before) and checksum, how often it may be started in all, whether it
     * has files; then the script itself.
     *
     * <p>Three claims make sure that a script runs once however many clients come, and wherever they die: the checksum is
     * linked into place, so the first one decides what runs under the id; the script is renamed into place when it is
     * whole; and the run itself links a file with its own process into place before it does anything.
     */
    FOLLOW("""
            IFS= read -r data; IFS= read -r id; IFS= read -r offset; IFS= read -r size; IFS= read -r sum
            IFS= read -r starts; IFS= read -r has_files
            mask=$(umask)
            umask 077
            enter
            if [ ! -e "$d/sum" ]; then
                [ "$size" -ge 0 ] || { rmdir "$d" 2> /dev/null; say absent; exit 0; }
                t=$d/.sum.$$
                e=$( { printf '%s\\n' "$sum" > "$t"; } 2>&1) || { rm -f "$t"; die "$e"; }
                ln "$t" "$d/sum" 2> /dev/null
                rm -f "$t"
            fi
            read -r known < "$d/sum" || die "$d/sum cannot be read"
            [ -z "$sum" ] || [ "$known" = "$sum" ] || { say different; exit 0; }
            latest
            if [ "$n" -eq 0 ] && [ ! -e "$d/status" ]; then
                if [ ! -e "$d/script" ]; then
                    [ "$size" -ge 0 ] || { say absent; exit 0; }
                    t=$d/.script.$$
                    e=$(head -c "$size" 2>&1 > "$t") || { rm -f "$t"; die "$e"; }
                    # Who has not sent it all is gone.
                    [ "$(wc -c < "$t")" -eq "$size" ] || { rm -f "$t"; exit 1; }
                    mv -f "$t" "$d/script" 2> /dev/null || [ -e "$d/script" ] || [ -e "$d/run.1" ] ||
                        die "$d/script cannot be written"
                fi
                launch 1
            elif [ ! -e "$d/status" ] && rebooted && [ "$n" -lt "$starts" ]; then
                launch $((n + 1))
            fi
            latest
            say "run $n"
            printf '%s\\n' '#foothold output'
            if [ ! -e "$d/status" ] && alive; then
                # Tail reads the rest when the process that it is told of ends; ours, as others may stay on as zombies.
                sleep 2147483647 &
                end=$!
                if tail --pid=$$ --version > /dev/null 2>&1; then
                    tail -c "+$((offset + 1))" -s 0.01 --pid="$end" -f "$d/output" &
                    tail=$!
                    flock -s "$d/lock" true
                else
                    tail -c "+$((offset + 1))" -f "$d/output" &
                    tail=$!
                    flock -s "$d/lock" true
                    sleep 0.5
                    kill "$tail"
                fi
                kill "$end"
                wait "$end" "$tail" 2> /dev/null
                if [ ! -e "$d/status" ] && alive; then exit 0; fi
            else
                if [ -e "$d/status" ]; then read -r s z < "$d/status"; else z=$(wc -c < "$d/output"); fi
                [ "$z" -le "$offset" ] || tail -c "+$((offset + 1))" "$d/output" | head -c "$((z - offset))"
            fi
            # Who ends a script says so a moment after its end.
            [ -e "$d/status" ] || rebooted || sleep 0.5
            if [ -e "$d/status" ]; then
                read -r s z < "$d/status"
                rm -f "$d/script" "$d"/.script.*
                free=999999
                [ "$s" -eq 0 ] || free=$(df -Pk "$d" | tail -n 1 | { read -r a b c free e; echo "$free"; })
                say "end $s $z ${free:-999999}"
            elif rebooted; then
                say "rebooted $(($(wc -c < "$d/output"))) $n"
            else
                say "vanished $(($(wc -c < "$d/output")))"
            fi
            """),

    /**
     * Ends a script: asks its processes first, then kills them. Reads: data directory, id. Tells {@code stopped}; also if it
     * had ended, or never began, which it cannot any more afterwards.
     */
    STOP("""
            IFS= read -r data; IFS= read -r id
            umask 077
            enter
            latest
            if [ "$n" -gt 0 ] && [ ! -e "$d/status" ]; then
                read -r pid booted < "$d/run.$n"
                group=
                i=0
                while alive; do
                    if [ -z "$group" ] && [ -s "$d/group" ]; then
                        read -r group < "$d/group"
                        kill -TERM "-$group" 2> /dev/null
                    fi
                    i=$((i + 1))
                    if [ "$i" -eq 30 ]; then kill -KILL "-${group:-$pid}" 2> /dev/null; fi
                    [ "$i" -lt 45 ] || break
                    sleep 0.1
                done
            fi
            if [ ! -e "$d/status" ]; then
                [ -e "$d/output" ] || : > "$d/output"
                t=$d/.status.$$
                printf '143 %s\\n' "$(($(wc -c < "$d/output")))" > "$t" && ln "$t" "$d/status" 2> /dev/null
                rm -f "$t"
            fi
            rm -f "$d/script" "$d"/.script.*
            rm -rf "$files"
            say stopped
            """);

    /** What each line for the client begins with. */
    static final String RECORD = "#foothold ";

    /** What the script's output comes after. */
    static final String OUTPUT = RECORD + "output\n";

    private static final String WORDS = """
            say() { printf '#foothold %s\\n' "$*" >&2; }
            die() { say "failed $(printf %s "$1" | tr '\\n' ' ')"; exit 0; }
            # A machine's boot has an id of its own; a container's is known by when its first process began.
            boot=
            { read -r boot < /proc/sys/kernel/random/boot_id; } 2> /dev/null
            if { read -r line < /proc/1/stat; } 2> /dev/null; then
                set -- ${line##*) }
                boot=$boot/${20}
            fi
            enter() {
                d=$data/run/$id
                files=$data/files/$id
                e=$( { (umask 022 && mkdir -p "$data") && (umask 077 && mkdir -p "$d"); } 2>&1) ||
                    die "$d cannot be made: $e"
                d=$(cd "$d" && pwd -P) || die "$data/run/$id cannot be entered"
            }
            # How often the script was started.
            latest() { n=0; while [ -e "$d/run.$((n + 1))" ]; do n=$((n + 1)); done; }
            # Who runs the script holds a lock, which the kernel takes back however that one ends.
            alive() { ! flock -n -s "$d/lock" true; }
            rebooted() { read -r pid booted < "$d/run.$n" && [ "$booted" != "$boot" ]; }
            launch() {
                for tool in setsid flock; do
                    command -v "$tool" > /dev/null 2>&1 || die "there is no $tool on the machine"
                done
                [ -x /bin/bash ] || die 'there is no /bin/bash on the machine'
                FOOTHOLD_RUN=$1
                export FOOTHOLD_RUN
                if [ "${has_files:-0}" -eq 1 ]; then FOOTHOLD_FILES=$(cd "$files" && pwd -P) && export FOOTHOLD_FILES; fi
                # Not a child of what the connection may take with it.
                set -- "$1" /bin/sh -c "$run" foothold-script "$d" "$1" "$boot" "$files"
                (
                    umask "$mask"
                    shift
                    exec < /dev/null > /dev/null 2>&1
                    # What a shell puts in the background ignores some signals for ever.
                    if setsid -f true; then setsid -f "$@"; else setsid "$@" & fi
                )
                i=0
                while [ ! -e "$d/run.$1" ]; do
                    i=$((i + 1))
                    [ "$i" -lt 1000 ] || die "the script was not started within 10 s; is the disk of $d full?"
                    sleep 0.01
                done
            }
            """;

    /**
     * Watches over the script, which leads a session of its own and can signal all its processes without hitting this one.
     * It ends without a status if it is told to end, as then the machine goes down. The place for the status is taken in
     * advance, for full disks.
     */
    private static final String RUN = """
            run='
            d=$1; n=$2; boot=$3; files=$4; told=
            mask=$(umask); umask 077
            trap "told=1" HUP INT TERM
            exec 9>> "$d/lock" && flock -w 5 9 &&
                : >> "$d/output" &&
                printf "%s %s\\n" $$ "$boot" > "$d/.run.$$" &&
                printf "%-62s\\n" " " > "$d/.status.$$" &&
                [ ! -e "$d/status" ] && ln "$d/.run.$$" "$d/run.$n"
            claimed=$?
            rm -f "$d/.run.$$"
            [ $claimed -eq 0 ] || { rm -f "$d/.status.$$"; exit; }
            rm -f "$d/group"
            umask "$mask"
            setsid /bin/sh -c "echo \\$\\$ > \\"\\$1/group\\"; exec /bin/bash --noprofile --norc \\"\\$1/script\\"" \\
                script "$d" < /dev/null >> "$d/output" 2>&1 9>&-
            s=$?
            case $s in 129 | 130 | 137 | 143) sleep 0.3 ;; esac
            [ -z "$told" ] || exit
            printf "%s %s\\n" "$s" "$(($(wc -c < "$d/output")))" 1<> "$d/.status.$$"
            rm -rf "$files"
            ln "$d/.status.$$" "$d/status"
            rm -f "$d/.status.$$" "$d/script" "$d"/.script.*
            '
            """;

    // What the login shell reads: single quotes around everything, no line breaks.
    private static final String LINE = "/bin/sh -c 'set -- /bin/sh -c"
            + " \"while IFS= read -r p; do case \\$p in \\#foothold:*)"
            + " eval \\\"\\$(printf %s \\\"\\${p#*:}\\\" | base64 -d)\\\"; exit;; esac; done; exit 90\";"
            + " [ \"$(id -u)\" -eq 0 ] || set -- sudo @ \"$@\"; exec \"$@\"'";

    private static final String NEVER_ASK = LINE.replace("@ ", "-n ");
    // The password is the first line of standard input. Where it is not asked for, the loop passes over it.
    private static final String ASK = LINE.replace("@ ", "-S -p \"\" ");

    private final String base64;

    RemoteProgram(String text) {
        this.base64 = Base64.getEncoder().encodeToString((words() + text).getBytes(StandardCharsets.UTF_8));
    }

    private static String words() {
        return WORDS + RUN;
    }

    /**
     * Makes a command of the program.
     *
     * @param sudoPassword what sudo may ask for; null if it must not ask
     * @param lines what the program reads, none with a line break in it
     * @param rest what it reads after them
     */
    SshCommand command(@Nullable Secret sudoPassword, List<String> lines, byte[] rest) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder();
        if (sudoPassword != null) {
            head.append(sudoPassword.reveal()).append('\n');
        }
        head.append("#foothold:").append(base64).append('\n');
        lines.forEach(line -> head.append(line).append('\n'));
        input.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        input.writeBytes(rest);
        return SshCommand.of(sudoPassword == null ? NEVER_ASK : ASK).reading(input.toByteArray());
    }
}
