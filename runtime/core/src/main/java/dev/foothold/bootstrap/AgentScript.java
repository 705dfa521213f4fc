package dev.foothold.bootstrap;

import dev.foothold.cloudinit.ShellWord;
import dev.foothold.machine.AgentBinary;
import java.util.stream.Collectors;

/**
 * Renders the script that brings an agent to work on a machine, for bash, run as root. It does only what has not been done,
 * and says last what went wrong: the step, and what to do.
 *
 * <p>A build that has to be uploaded is in {@code $FOOTHOLD_FILES} when the script runs.
 */
final class AgentScript {

    /** The name of the file that is uploaded. */
    static final String FILE = "agent";

    private static final String FUNCTIONS = """
            set -u
            umask 022
            LC_ALL=C
            export LC_ALL
            PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
            full() { [ "$(df -Pk "$1" 2> /dev/null | { read -r a; read -r a b c free d; echo "${free:-1}"; })" -gt 0 ] || echo '; the disk is full'; }
            die() { printf '%s\\n' "$*"; exit 1; }
            tail_of_log() {
                [ -s "$dir/log" ] || { echo "$name has written nothing to $dir/log"; return; }
                echo "$dir/log ends with:"
                tail -n 12 "$dir/log"
            }
            # Numbers of processes come again, but not at the same time; some are dead, but not forgotten.
            birth() { sed -n 's/.*) \\([^ZX]\\)/\\1/p' "/proc/$1/stat" 2> /dev/null | cut -d ' ' -f 20; }
            supervised() {
                [ -f "$dir/supervisor" ] && read -r pid born < "$dir/supervisor" && [ "$born" = "$(birth "$pid")" ]
            }
            has_systemd() {
                [ "${data#/}" != "$data" ] && [ -d /run/systemd/system ] && command -v systemctl > /dev/null
            }
            runs() {
                if has_systemd; then systemctl -q is-active "foothold-$name.service"; else supervised; fi
            }
            """;

    private static final String PREPARE = """
            machine=$(uname -m)
            case $machine in
                x86_64) machine_arch=amd64 ;; aarch64) machine_arch=arm64 ;; armv6l | armv7l) machine_arch=armhf ;;
                i?86) machine_arch=i386 ;; ppc64le) machine_arch=ppc64el ;; *) machine_arch=$machine ;;
            esac
            [ "$arch" = any ] || [ "$arch" = "$machine_arch" ] ||
                die "choosing $what: it is for $arch, but the machine is $machine_arch (uname -m says $machine)"
            mkdir -p "$data/agents/$name" || die "preparing $what: $data/agents/$name cannot be made$(full "$data")"
            dir=$(cd "$data/agents/$name" && pwd -P) || die "preparing $what: $data/agents/$name cannot be entered"
            chmod 700 "$dir"
            home=$dir/$version-${sha256:0:12}
            """;

    private static final String FETCH = """
            fetch() {
                rm -rf "$dir"/.fetched.*
                file=$dir/.fetched.$$
                if [ -z "$url" ]; then
                    file=$FOOTHOLD_FILES/agent
                    [ -f "$file" ] || die "uploading $what: it has not arrived"
                elif command -v curl > /dev/null; then
                    e=$(curl -fsSL --retry 3 --connect-timeout 15 --speed-limit 1 --speed-time 60 -o "$file" -- "$url" 2>&1) ||
                        die "downloading $what: $url: ${e:-curl failed}$(full "$dir")"
                elif command -v wget > /dev/null; then
                    e=$(wget -nv -t 4 -T 60 -O "$file" -- "$url" 2>&1) ||
                        die "downloading $what: $url: ${e:-wget failed}$(full "$dir")"
                else
                    die "downloading $what: there is neither curl nor wget on the machine"
                fi
                got=$(wc -c < "$file")
                [ "$got" -eq "$size" ] || die "checking $what: it has $got bytes instead of $size; it is not whole, or another file"
                got=$(sha256sum < "$file") || die "checking $what: there is no sha256sum on the machine"
                [ "${got%% *}" = "$sha256" ] || die "checking $what: checksum mismatch: its SHA-256 is ${got%% *} instead of $sha256"
            }
            unpack() {
                rm -rf "$dir"/.unpacked.*
                new=$dir/.unpacked.$$
                e=$(mkdir "$new" 2>&1) || die "unpacking $what: $e$(full "$dir")"
                if [ "$(head -c 2 "$file" | od -An -tx1 | tr -d ' ')" = 1f8b ]; then
                    e=$(tar -xzf "$file" -C "$new" --no-same-owner 2>&1) ||
                        { f=$(full "$dir"); rm -rf "$new"; die "unpacking $what: the archive cannot be unpacked: $(echo "$e" | head -n 3 | tr '\\n' ' ' | sed 's/^ *//; s/ *$//')$f"; }
                else
                    e=$(cp "$file" "$new/$filename" 2>&1) || { f=$(full "$dir"); rm -rf "$new"; die "unpacking $what: $e$f"; }
                    chmod 755 "$new/$filename"
                fi
                rm -rf "$home"
                mv "$new" "$home" || die "unpacking $what: $home cannot be written$(full "$dir")"
                rm -f "$dir"/.fetched.*
            }
            """;

    private static final String CHOOSE = """
            # Finds the program that the first word means; programs are for one architecture.
            find_program() {
                if [ "$#" -eq 0 ]; then
                    for f in "bin/$name" "$name" "$filename"; do
                        [ ! -f "$home/$f" ] || { set -- "./$f"; break; }
                    done
                    [ "$#" -gt 0 ] || die "starting $what: there is no bin/$name and no $name in it; say by which command it is started"
                elif [ "${1#*/}" = "$1" ] && [ -f "$home/$1" ]; then
                    f=./$1
                    shift
                    set -- "$f" "$@"
                fi
                case $1 in
                    /*) program=$1 ;;
                    */*) program=$home/$1 ;;
                    *) program=$(command -v "$1") || die "starting $what: there is no $1 in it or on the machine" ;;
                esac
                [ -f "$program" ] || die "starting $what: there is no $1 in it"
                [ -x "$program" ] || chmod u+x "$program" 2> /dev/null || die "starting $what: $program cannot be executed"
                set -- "$@"
                words=("$@")
                elf=$(od -An -tx1 -N 20 "$program" | tr -d ' \\n')
                case $elf in
                    7f454c46*)
                        case ${elf:10:2}${elf:36:4} in
                            013e00) for_arch=amd64 ;; 01b700) for_arch=arm64 ;; 012800) for_arch=armhf ;; 010300) for_arch=i386 ;;
                            011500) for_arch=ppc64el ;; 01f300) for_arch=riscv64 ;; 020016) for_arch=s390x ;;
                            *) for_arch="another architecture" ;;
                        esac
                        [ "$for_arch" = "$machine_arch" ] || [ "$for_arch $machine_arch" = 'i386 amd64' ] ||
                            [ "$for_arch $machine_arch" = 'armhf arm64' ] ||
                            die "starting $what: $program is for $for_arch, but the machine is $machine_arch"
                        ;;
                esac
            }
            """;

    private static final String SERVICE = """
            stop_old() {
                if has_systemd; then
                    systemctl stop "foothold-$name.service" 2> /dev/null
                elif supervised; then
                    kill -TERM "$pid" 2> /dev/null
                    for i in $(seq 1 150); do supervised || return 0; sleep 0.1; done
                    kill -KILL "-$pid" 2> /dev/null
                fi
                return 0
            }
            write_start() {
                (
                    umask 077
                    {
                        printf '#!/bin/sh\\ncd %q || exit 1\\n' "$home"
                        printf '%s' "$environment"
                        printf 'exec'
                        printf ' %s' "${quoted[@]}"
                        printf '\\n'
                    } > "$dir/.start.$$" && mv "$dir/.start.$$" "$dir/start"
                ) || die "starting $what: $dir/start cannot be written$(full "$dir")"
            }
            start_new() {
                : > "$dir/ends"
                if has_systemd; then
                    cat > "/etc/systemd/system/foothold-$name.service" <<UNIT || die "starting $what: its unit cannot be written$(full /etc)"
            [Unit]
            Description=$name $version
            Wants=network-online.target
            After=network-online.target
            StartLimitIntervalSec=0

            [Service]
            ExecStart=/bin/sh -c 'exec /bin/sh "$dir/start" >> "$dir/log" 2>&1'
            Restart=always
            RestartSec=1

            [Install]
            WantedBy=multi-user.target
            UNIT
                    e=$(systemctl daemon-reload 2>&1 && systemctl -q enable "foothold-$name.service" 2>&1 &&
                        systemctl restart "foothold-$name.service" 2>&1) || die "starting $what: systemctl: $e"
                else
                    command -v setsid > /dev/null || die "starting $what: there is neither systemd nor setsid on the machine"
                    rm -f "$dir/supervisor"
                    (
                        unset LC_ALL FOOTHOLD_RUN FOOTHOLD_FILES home
                        cd / && exec < /dev/null > /dev/null 2>&1
                        # What a shell puts in the background ignores some signals for ever.
                        set -- /bin/sh "$dir/supervise" "$dir" "$name"
                        if setsid -f true; then setsid -f "$@"; else setsid "$@" & fi
                    )
                    for i in $(seq 1 500); do [ ! -s "$dir/supervisor" ] || return 0; sleep 0.01; done
                    die "starting $what: its supervisor did not start$(full "$dir")"
                fi
            }
            ends() {
                if has_systemd; then
                    systemctl show -p NRestarts "foothold-$name.service" | cut -d = -f 2
                else
                    wc -l < "$dir/ends"
                fi
            }
            """;

    /** For machines without systemd. Its process group is that of the agent, so that both can be ended at once. */
    private static final String SUPERVISE = """
            cat > "$dir/.supervise.$$" <<'SUPERVISE' && mv "$dir/.supervise.$$" "$dir/supervise"
            dir=$1; name=$2
            agent=
            stop() {
                trap '' TERM INT HUP
                [ -z "$agent" ] || kill -TERM "$agent" 2> /dev/null
                i=0
                while [ -n "$agent" ] && kill -0 "$agent" 2> /dev/null && [ "$i" -lt 100 ]; do i=$((i + 1)); sleep 0.1; done
                [ -z "$agent" ] || kill -KILL "$agent" 2> /dev/null
                rm -f "$dir/supervisor"
                exit 0
            }
            trap stop TERM INT
            trap '' HUP
            born=$(sed 's/.*) //' "/proc/$$/stat" | cut -d ' ' -f 20)
            echo "$$ $born" > "$dir/.supervisor.$$" && mv "$dir/.supervisor.$$" "$dir/supervisor"
            pause=1
            while :; do
                began=$(date +%s)
                /bin/sh "$dir/start" < /dev/null >> "$dir/log" 2>&1 &
                agent=$!
                wait "$agent"
                status=$?
                agent=
                lasted=$(($(date +%s) - began))
                [ "$lasted" -lt 60 ] || pause=1
                echo "$status" >> "$dir/ends"
                echo "[$name ended with status $status after $lasted s; it is started again in $pause s]" >> "$dir/log"
                sleep "$pause" &
                wait $!
                pause=$((pause * 2))
                [ "$pause" -le 60 ] || pause=60
            done
            SUPERVISE
            """;

    private static final String DELIVER = """
            words=()
            find_again() { [ -d "$home" ] && [ -f "$dir/record" ] && [ "$(cat "$dir/record")" = "$record" ]; }
            if find_again && runs; then
                echo "$what is there and runs"
                fresh=
            else
                [ -d "$home" ] || { fetch; unpack; }
                find_program "${command[@]}"
                quoted=()
                for w in "${words[@]}"; do quoted+=("'${w//\\'/$q}'"); done
                rm -f "$dir/record"
                stop_old
                : > "$dir/log"
                write_start
                supervise
                start_new
                echo "$what is started"
                fresh=1
            fi
            """;

    private static final String AWAIT = """
            [ -n "$fresh" ] || [ "$kind" != running ] || kind=now
            began=$(date +%s%N)
            elapsed() { echo $((($(date +%s%N) - began) / 1000000)); }
            while :; do
                if [ -n "$fresh" ] && [ "$(ends)" -ge 3 ]; then
                    tail_of_log
                    die "waiting for $what: it starts and dies, $(ends) times in $(elapsed) ms"
                fi
                ms=$(elapsed)
                case $kind in
                    now) break ;;
                    running)
                        if [ "$ms" -ge "$deadline" ]; then
                            runs && [ "$(ends)" -eq 0 ] && break
                            tail_of_log
                            die "waiting for $what: it has ended $(ends) times within $deadline ms"
                        fi
                        ;;
                    *)
                        # Given a while only: what listens need not answer.
                        if timeout 5 /bin/bash --noprofile --norc -c "$check" > /dev/null 2>&1 < /dev/null; then break; fi
                        if [ "$ms" -ge "$deadline" ]; then
                            tail_of_log
                            die "waiting for $what: it is not ready after $deadline ms: $wanted"
                        fi
                        ;;
                esac
                sleep 0.05
            done
            printf '%s\\n' "$record" > "$dir/record" || die "recording $what: $dir/record cannot be written$(full "$dir")"
            for old in "$dir"/*-????????????; do [ "$old" = "$home" ] || rm -rf "$old"; done
            echo "$what is ready after $(elapsed) ms"
            """;

    private final Agent agent;
    private final AgentBinary binary;

    AgentScript(Agent agent, AgentBinary binary) {
        this.agent = agent;
        this.binary = binary;
    }

    /** Renders the script; the data directory is absolute, or relative to where the script runs. */
    String render(String dataDirectory) {
        String environment = agent.environment().entrySet().stream()
                .map(entry -> "export " + entry.getKey() + "=" + ShellWord.quote(entry.getValue()) + "\n")
                .collect(Collectors.joining());
        StringBuilder script = new StringBuilder()
                .append(variable("data", dataDirectory))
                .append(variable("name", binary.name()))
                .append(variable("version", binary.version()))
                .append(variable("what", binary.name() + " " + binary.version()))
                .append(variable(
                        "arch", binary.arch() == null ? "any" : binary.arch().text()))
                .append(variable("size", Long.toString(binary.size())))
                .append(variable("sha256", binary.sha256()))
                .append(variable("filename", binary.fileName()))
                .append(variable(
                        "url", binary.isLocal() ? "" : binary.location().toString()))
                .append(variable("environment", environment))
                .append("command=(")
                .append(ShellWord.join(agent.command()))
                .append(")\nq=\\'\\\\\\'\\'\n");
        Readiness readiness = agent.readiness();
        script.append(variable("deadline", Long.toString(readiness.deadline().toMillis())));
        if (readiness instanceof Readiness.Port port) {
            script.append(check(
                    "port", ": < /dev/tcp/127.0.0.1/" + port.number(), "nothing listens on port " + port.number()));
        } else if (readiness instanceof Readiness.Http http) {
            script.append(check(
                    "http",
                    http(http),
                    "GET " + http.path() + " on port " + http.port() + " is not answered with status "
                            + http.status()));
        } else if (readiness instanceof Readiness.Command command) {
            script.append(check(
                    "command",
                    "cd \"$home\" && " + ShellWord.join(command.words()),
                    "\"" + ShellWord.join(command.words()) + "\" does not end with status 0"));
        } else {
            script.append(check("running", "", ""));
        }
        return script.append(FUNCTIONS)
                .append(PREPARE)
                .append("export home\n")
                // What is there is the same if all that went into it is.
                .append(
                        "record=\"$sha256 $(printf '%s\\n' \"$environment\" \"${command[@]}\" | sha256sum | cut -c 1-64)"
                                + " $version\"\n")
                .append(FETCH)
                .append(CHOOSE)
                .append(SERVICE)
                .append("supervise() {\n")
                .append(SUPERVISE)
                .append("}\n")
                .append(DELIVER)
                .append(AWAIT)
                .toString();
    }

    private static String http(Readiness.Http http) {
        return "exec 3<> /dev/tcp/127.0.0.1/" + http.port()
                + " && printf 'GET %s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' "
                + ShellWord.quote(http.path()) + " >&3 && read -r version status rest <&3 && [ \"$status\" = "
                + http.status() + " ]";
    }

    private static String check(String kind, String check, String wanted) {
        return variable("kind", kind) + variable("check", check) + variable("wanted", wanted);
    }

    private static String variable(String name, String value) {
        return name + "=" + ShellWord.quote(value) + "\n";
    }

    AgentBinary binary() {
        return binary;
    }

    /** Says what a failure is about. */
    String title() {
        return "the delivery of the agent " + binary.name() + " " + binary.version();
    }
}
