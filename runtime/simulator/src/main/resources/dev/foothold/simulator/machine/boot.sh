# Words of the boot script: $R is the directory that the machine calls "/" (empty if it really is), and what the
# script writes to its output is the machine's /var/log/cloud-init-output.log.
R=${MACHINE_ROOT-}
umask 022
make_parent() { [[ -d ${1%/*}/ ]] || mkdir -p "${1%/*}"; }
mkdir -p "$R"/{etc/ssh,usr/local/bin,var/log,var/lib/cloud/instance/scripts}
exec </dev/null >>"$R/var/log/cloud-init-output.log" 2>&1

note() { echo "cloud-init: $1"; }
put_text() { make_parent "$R$1" && printf %s "$2" >"$R$1" || note "cannot write $1"; }
put_private() { umask 077 && put_text "$@" && umask 022; }
append_text() { make_parent "$R$1" && printf %s "$2" >>"$R$1" || note "cannot append to $1"; }
put_base64() { make_parent "$R$1" && base64 -d <<<"$2" >"$R$1" || note "cannot write $1"; }
append_base64() { make_parent "$R$1" && base64 -d <<<"$2" >>"$R$1" || note "cannot append to $1"; }
set_mode() { chmod "$1" "$R$2" || note "cannot set mode $1 of $2"; }
set_owner() { chown "$1" "$R$2" || note "cannot give $2 to $1"; }
run() { [[ -z $R ]] || cd "$R"; /bin/sh "$R$2" || note "$1 failed with status $?"; }

# A login user: so that "chown NAME" and "~NAME" mean something.
add_user() {
    local name uid=1000 id rest
    while IFS=: read -r name _ id rest; do
        [[ $name == "$1" ]] && return
        ((id >= uid && id < 60000)) && uid=$((id + 1))
    done </etc/passwd
    echo "$1:x:$uid:$uid:$1:/home/$1:/bin/bash" >>/etc/passwd
    echo "$1:x:$uid:" >>/etc/group
}
