package dev.foothold.firewall;

import dev.foothold.cloudinit.ShellWord;
import dev.foothold.config.Secret;
import dev.foothold.ssh.SshCommand;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs on a machine, as root. Lines that begin with {@link #RECORD} are for Foothold; all others are what tools write.
 * Files come through standard input. A change is made under a lock, and only if the rules are those that were read.
 */
enum MachineProgram {
    /** Says which tool there is, and what its rules are. Argument: {@code plan} if a change may follow. */
    READ("read", """
            choose
            if [ "$2" = plan ]; then
                arrival
                say digest "$(digest)"
                [ -z "$nft" ] || { say chains; nft -j list chains || die 'nft cannot list chains'; }
            fi
            report
            """),

    /**
     * Makes a change. A guard takes it back after some seconds, unless it is disarmed by then. Arguments: tool, digest of
     * the rules that were read, seconds (0: no guard), name of the change, sizes of the files.
     */
    APPLY("apply", """
            backend=$2 digest=$3 seconds=$4 change=$5
            lock
            for f in "$d"/armed.*; do
                if [ -e "$f" ] && read -r pid < "$f" && kill -0 "$pid" 2> /dev/null; then
                    die 'another change waits to be confirmed'
                fi
            done
            rm -rf "$d"/armed.* "$d"/change.*
            w=$d/change.$change
            mkdir "$w" && take "$6" new4 && take "$7" undo4 && take "$8" new6 && take "$9" undo6 || die "$d takes no file"
            load
            if [ "$(digest)" != "$digest" ]; then say changed; report; rm -rf "$w"; exit 0; fi
            if [ "$seconds" -gt 0 ]; then
                guard
                i=0
                while [ ! -s "$d/armed.$change" ]; do
                    i=$((i + 1))
                    if [ "$i" -ge 500 ]; then
                        rm -rf "$w"
                        die 'the guard that would take the change back could not be started'
                    fi
                    sleep 0.01
                done
            fi
            t=$(date +%s%N)
            if ! e=$( (set_rules new4 new6) 2>&1); then
                set_rules undo4 undo6 > /dev/null 2>&1
                disarm; rm -rf "$w"
                printf '%s\\n' "$e"
                die "$backend does not take the rules"
            fi
            u=$(date +%s%N)
            case $t$u in *[!0-9]*) t=0 u=0 ;; esac
            say took $((u - t))
            load
            if [ "$seconds" -eq 0 ]; then rm -rf "$w"; persist; fi
            report
            """),

    /** Disarms the guard of a change, and has the machine keep the rules when it boots. Arguments: tool, name. */
    CONFIRM("confirm", """
            backend=$2 change=$3
            lock
            if [ -e "$d/armed.$change" ]; then
                disarm; rm -rf "$d/change.$change"
                [ "$backend" = nft ] || load
                persist
                say confirmed
            fi
            """),

    /** Takes a change back that was not confirmed. Arguments: tool, name. */
    RESTORE("restore", """
            backend=$2 change=$3
            w=$d/change.$change
            lock
            if [ -e "$d/armed.$change" ]; then
                set_rules undo4 undo6 || die "$backend does not take the old rules"
                disarm; rm -rf "$w"
            fi
            say restored
            """),

    /** Takes an interface into use. Arguments: its name, the size of each rendered file. */
    ADDRESS("address", ExternalAddress.PROGRAM);

    /** What each line for Foothold begins with. */
    static final String RECORD = "#foothold ";

    private static final String WORDS = """
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            export PATH LC_ALL=C
            umask 077
            d=/run/foothold/firewall
            say() { printf '#foothold %s\\n' "$*"; }
            die() { say "failed $*"; exit 3; }
            have() { command -v "$1" > /dev/null 2>&1; }
            say root # or sudo would have ended it before
            # Whatever sudo was told, files come after this line.
            while IFS= read -r l; do [ "$l" != '#foothold' ] || break; done
            take() { head -c "$1" > "$w/$2"; }
            lock() {
                have flock && have setsid || die 'there is no flock or no setsid (util-linux)'
                mkdir -p "$d" && exec 9>> "$d/lock" || die "$d cannot be made"
                flock -w 20 9 || die 'somebody else has been changing the rules for 20 s'
            }
            save() { s=$("$1" -t filter) && printf '%s\\n' "$s" | sed -e '/^#/d' -e '/^:/s/ \\[[0-9]*:[0-9]*\\]$//'; }
            six() { [ -e /proc/net/if_inet6 ]; }
            # Who uses iptables gets his rules from there; everybody else from nftables.
            choose() {
                nft= ipt= why=
                # One list says it all where Foothold has been: nft takes its time for everything it is asked.
                if have nft; then
                    nft=1
                    if v4=$(nft -j list table inet foothold 2> /dev/null); then backend=nft; return; fi
                    if ! e=$(nft -j list tables 2>&1); then nft= why="$why; nft -j list tables: $e"; fi
                fi
                if have iptables-save && have iptables-restore; then
                    if ! e=$(iptables-save -t filter 2>&1); then why="$why; iptables-save: $e"
                    elif ! six; then ipt=1
                    elif ! have ip6tables-save || ! have ip6tables-restore; then why="$why; there is no ip6tables"
                    elif ! e=$(ip6tables-save -t filter 2>&1); then why="$why; ip6tables-save: $e"
                    else ipt=1; fi
                fi
                if [ -n "$ipt" ]; then
                    backend=iptables; load
                    case $v4$v6 in *'-A INPUT '*|*':FOOTHOLD '*|*':INPUT DROP'*) return ;; esac
                fi
                if [ -n "$nft" ]; then backend=nft; load
                elif [ -z "$ipt" ]; then die "there is no firewall tool: install nftables, or iptables$why"; fi
            }
            load() {
                v4= v6=
                case $backend in
                nft)
                    if ! v4=$(nft -j list table inet foothold 2> /dev/null); then
                        nft -j list tables > /dev/null || die 'nft cannot list tables'
                        v4='{"nftables": []}'
                    fi ;;
                *)
                    v4=$(save iptables-save) || die 'iptables-save failed'
                    if six; then v6=$(save ip6tables-save) || die 'ip6tables-save failed'; fi ;;
                esac
            }
            digest() { s=$(printf '%s\\n' "$v4" "$v6" | sha256sum) && echo "${s%% *}"; }
            report() {
                say backend "$backend"
                say v4; printf '%s\\n' "$v4"
                if [ "$backend" != nft ] && six; then say v6; printf '%s\\n' "$v6"; fi
                say end
            }
            # At which interface the connection came in.
            arrival() {
                set -- $connection
                say connection "$*"
                have ip && [ -n "$3" ] || return 0
                set -- $(ip -o addr show to "$3" 2> /dev/null)
                [ -z "$2" ] || say arrival "${2%%@*}"
            }
            guard() {
                {
                    printf '%s\\n' "backend=$backend change=$change seconds=$seconds d=$d w=$w"
                    cat << 'FOOTHOLD'
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
            echo $$ > "$d/.armed.$change" && mv "$d/.armed.$change" "$d/armed.$change"
            sleep "$seconds"
            exec 9>> "$d/lock"
            flock 9
            [ -e "$d/armed.$change" ] || exit 0
            set_rules undo4 undo6
            rm -rf "$d/armed.$change" "$w"
            FOOTHOLD
                } > "$w/body"
                { printf 'set_rules() {\\n%s\\n}\\n' "$set_rules"; cat "$w/body"; } > "$w/guard"
                set -- /bin/sh "$w/guard"
                if setsid -f true 2> /dev/null; then set -- setsid -f "$@"; else set -- setsid "$@"; fi
                "$@" < /dev/null > /dev/null 2>&1 9>&- &
            }
            disarm() {
                if [ -e "$d/armed.$change" ] && read -r pid < "$d/armed.$change"; then
                    rm -f "$d/armed.$change"
                    kill -- "-$pid" 2> /dev/null
                fi
                :
            }
            set_rules='
                if [ "$backend" = nft ]; then nft -f "$w/$1"; return; fi
                iptables-restore -w 10 --noflush < "$w/$1" || return
                [ -s "$w/$2" ] || return 0
                ip6tables-restore -w 10 --noflush < "$w/$2"
            '
            eval "set_rules() { $set_rules
            }"
            """;

    private final String word;
    private final String text;

    MachineProgram(String word, String body) {
        this.word = word;
        this.text = body;
    }

    /** Names the program in messages. */
    String word() {
        return word;
    }

    /** Gives what a shell runs, with the connection for its first argument. */
    String text() {
        return WORDS + Persistence.WORDS + ExternalAddress.words() + "connection=$1\n" + text;
    }

    /**
     * Makes a command of the program.
     *
     * @param sudoPassword what sudo may ask for; null if it must not ask
     * @param arguments what the program is told
     * @param files what comes through standard input, one after the other
     */
    SshCommand command(@Nullable Secret sudoPassword, List<String> arguments, List<String> files) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        if (sudoPassword != null) {
            input.writeBytes((sudoPassword.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        input.writeBytes("#foothold\n".getBytes(StandardCharsets.UTF_8));
        files.forEach(file -> input.writeBytes(file.getBytes(StandardCharsets.UTF_8)));
        String sudo = sudoPassword == null ? "sudo -n" : "sudo -S -p ''";
        return SshCommand.of("if [ \"$(id -u)\" -eq 0 ]; then set --; else set -- " + sudo + "; fi; exec \"$@\" "
                        + ShellWord.join(List.of("/bin/sh", "-c", text(), "foothold")) + " \"$SSH_CONNECTION\""
                        + (arguments.isEmpty() ? "" : " " + ShellWord.join(arguments)))
                .reading(input.toByteArray());
    }
}
