# Claims a machine, or releases it. For any POSIX shell, as root, read from standard input, with the home and the name of
# the login user as arguments.
#
# These variables are set in front of it:
#   act       claim or release
#   text      the claim to be made, if it is free
#   line      the line by which the claim to be released is recognised
#   data      Foothold's data directory
#   cleanup   the user's own clean-up script; may be empty
#   patience  how many seconds it may run, and how long another client is waited for
# shellcheck shell=sh disable=SC2154
set -u
umask 022
LC_ALL=C
export LC_ALL
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
home=$1
user=$2
dir=/var/lib/foothold-manual

# The first such line of the output begins the answer; start-up files may have written something before it.
answer() { printf '\nfoothold-manual: %s\n' "$1"; }

fail() {
    answer failed
    printf '%s\n' "$1"
    exit 0
}

# The kernel takes the lock back however the client, or this shell, ends.
lock() {
    command -v flock > /dev/null 2>&1 || fail "there is no flock on the machine; it is part of util-linux"
    [ -d "$dir" ] || e=$(mkdir -p "$dir" 2>&1) || fail "$e"
    exec 9>> "$dir/lock"
    flock -w "$patience" 9 || fail "another client has been at work on the machine for $patience s"
}

keep() { sync "$@" 2> /dev/null || sync; }

# What belongs to the login user is read and written as that user: a link in its home leads no further than it may go.
as_user() {
    if [ "$user" = "$(id -un)" ]; then "$@"; else sudo -n -u "$user" -- "$@"; fi
}

claim() {
    lock
    [ ! -e "$dir/claim" ] || { answer claimed; cat "$dir/claim"; return; }
    # Who may log in now, for the day on which the machine is released.
    # shellcheck disable=SC2016
    as_user /bin/sh -c 'cat "$1/.ssh/authorized_keys" 2> /dev/null || :' sh "$home" > "$dir/keys.new" ||
        fail "$dir/keys.new cannot be written"
    printf '%s' "$text" > "$dir/claim.new" || fail "$dir/claim.new cannot be written; is the disk full?"
    keep "$dir/keys.new" "$dir/claim.new"
    e=$(mv -f "$dir/keys.new" "$dir/keys" 2>&1) || fail "$e"
    e=$(mv -f "$dir/claim.new" "$dir/claim" 2>&1) || fail "$e"
    keep "$dir"
    answer claimed
    printf '%s' "$text"
}

# Numbers of processes come again, but not at the same time; some are dead, but not forgotten.
birth() { sed -n 's/.*) \([^ZX]\)/\1/p' "/proc/$1/stat" 2> /dev/null | cut -d ' ' -f 20; }

end_agent() {
    unit=foothold-${1##*/}.service
    if [ -e "/etc/systemd/system/$unit" ] && [ -d /run/systemd/system ]; then
        e=$(systemctl disable --now "$unit" 2>&1) || fail "$unit cannot be stopped: $e"
        rm -f "/etc/systemd/system/$unit"
        systemctl daemon-reload
    fi
    [ -s "$1/supervisor" ] && read -r pid born < "$1/supervisor" || return 0
    [ -n "$born" ] && [ "$born" = "$(birth "$pid")" ] || return 0
    kill -TERM "$pid"
    i=0
    while [ "$born" = "$(birth "$pid")" ]; do
        i=$((i + 1))
        [ "$i" -ne 120 ] || kill -KILL "-$pid"
        [ "$i" -lt 150 ] || fail "the agent ${1##*/} cannot be ended; its process is $pid"
        sleep 0.1
    done
}

# Who runs a script holds a lock on its directory.
end_script() {
    ! flock -n -s "$1/lock" true || return 0
    group=
    [ ! -s "$1/group" ] || read -r group < "$1/group"
    [ -z "$group" ] || kill -TERM "-$group"
    flock -w 5 -s "$1/lock" true && return 0
    [ -z "$group" ] || kill -KILL "-$group"
    flock -w 5 -s "$1/lock" true || fail "the script in $1 cannot be ended"
}

run_cleanup() {
    (umask 077 && printf '%s' "$cleanup" > "$dir/cleanup" && : > "$dir/cleanup.log") ||
        fail "$dir/cleanup cannot be written; is the disk full?"
    (cd / && exec timeout -k 10 "$patience" /bin/sh "$dir/cleanup") > "$dir/cleanup.log" 2>&1 9>&-
    status=$?
    case $status in
        0) ;;
        124) fail "the clean-up script has not ended within $patience s: $(tail -n 10 "$dir/cleanup.log")" ;;
        *) fail "the clean-up script has ended with status $status: $(tail -n 10 "$dir/cleanup.log")" ;;
    esac
    rm -f "$dir/cleanup" "$dir/cleanup.log"
}

# Of the keys that may log in those stay that might when the machine was claimed, unless somebody has removed them since.
restore_keys() {
    if [ ! -f "$dir/keys" ] || cmp -s "$dir/keys" "$home/.ssh/authorized_keys"; then return 0; fi
    # shellcheck disable=SC2016
    as_user /bin/sh -c '
        file=$1/.ssh/authorized_keys
        [ -f "$file" ] || exit 0
        cp -p "$file" "$file.foothold" || exit 1
        grep -xFf "$2" "$file" > "$file.foothold"
        [ $? -le 1 ] || { rm -f "$file.foothold"; exit 1; }
        if [ -s "$2" ]; then mv -f "$file.foothold" "$file"; else rm -f "$file.foothold" "$file"; fi
        ' sh "$home" "$dir/keys" || fail "$home/.ssh/authorized_keys cannot be written; is the disk full?"
}

release() {
    lock
    grep -qxF -e "$line" "$dir/claim" 2> /dev/null || { answer gone; return; }
    for d in "$data"/agents/*/; do [ ! -d "$d" ] || end_agent "${d%/}"; done
    for d in "$data"/run/*/; do [ ! -e "$d/lock" ] || end_script "${d%/}"; done
    [ -z "$cleanup" ] || run_cleanup
    [ ! -e "$data" ] || e=$(rm -rf "$data" 2>&1) || fail "$e"
    restore_keys
    # Last: whoever finds no claim finds a clean machine.
    rm -f "$dir/claim" || fail "$dir/claim cannot be removed"
    keep "$dir"
    rm -f "$dir/keys"
    answer released
}

# Nothing that is run reads what is left of this text.
"$act" < /dev/null
