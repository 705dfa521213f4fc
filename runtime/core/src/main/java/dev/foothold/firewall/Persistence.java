package dev.foothold.firewall;

/** Has a machine load the rules when it boots, with what its distribution has for that. */
final class Persistence {

    private Persistence() {}

    /**
     * Shell functions; {@code persist} says {@code volatile} and the reason if the rules will not survive a reboot. Of the
     * distribution's files, only what is ours is changed.
     */
    static final String WORDS = """
            persist() {
                case $backend in nft) persist_nft ;; *) persist_iptables ;; esac
            }
            persist_nft() {
                conf=
                for f in /etc/nftables.conf /etc/sysconfig/nftables.conf; do
                    [ -z "$conf" ] && [ -e "$f" ] && conf=$f
                done
                [ -n "$conf" ] || { say 'volatile there is no /etc/nftables.conf'; return; }
                ours=/etc/nftables.d/foothold.nft
                mkdir -p /etc/nftables.d && chmod 755 /etc/nftables.d || { say "volatile /etc/nftables.d cannot be made"; return; }
                {
                    echo '# Made by Foothold; it is replaced with every change.'
                    if s=$(nft list table inet foothold 2> /dev/null); then
                        printf '%s\\n' 'add table inet foothold' 'delete table inet foothold' "$s"
                    fi
                } > "$ours.new" && mv "$ours.new" "$ours" || { say "volatile $ours cannot be written"; return; }
                grep -qxF "include \\"$ours\\"" "$conf" || printf '\\ninclude "%s"\\n' "$ours" >> "$conf" ||
                    { say "volatile $conf cannot be written"; return; }
                ! have systemctl || systemctl -q is-enabled nftables 2> /dev/null ||
                    systemctl -q enable nftables 2> /dev/null || say 'volatile nftables.service cannot be enabled'
            }
            persist_iptables() {
                if have netfilter-persistent && [ -d /etc/iptables ]; then
                    set -- /etc/iptables/rules.v4 /etc/iptables/rules.v6
                elif [ -e /etc/sysconfig/iptables ]; then
                    set -- /etc/sysconfig/iptables /etc/sysconfig/ip6tables
                else
                    say 'volatile there is neither iptables-persistent nor /etc/sysconfig/iptables'
                    return
                fi
                merge "$1" "$v4" && { ! six || merge "$2" "$v6"; } || say "volatile $1 cannot be written"
            }
            # Puts our chain into a file of rules, in front of those that are there.
            merge() {
                f=$1
                [ -e "$f" ] && grep -q '^\\*filter' "$f" ||
                    printf '*filter\\n:INPUT ACCEPT [0:0]\\n:FORWARD ACCEPT [0:0]\\n:OUTPUT ACCEPT [0:0]\\nCOMMIT\\n' >> "$f" ||
                    return
                printf '%s\\n' "$2" | awk -v file="$f" '
                    /^:FOOTHOLD / { ours = ours "\\n:FOOTHOLD - [0:0]" }
                    /^-A FOOTHOLD / || /^-A INPUT .*-j FOOTHOLD$/ { ours = ours "\\n" $0 }
                    END {
                        while ((getline line < file) > 0) {
                            if (line ~ /^\\*/) table = line
                            if (table == "*filter") {
                                if (line ~ /^:FOOTHOLD / || line ~ /^-A FOOTHOLD / || line ~ /-j FOOTHOLD$/) continue
                                if (line ~ /^-A INPUT .*--comment "juju (internal|ingress)"/) continue
                                if (!done && (line ~ /^-A/ || line ~ /^COMMIT/)) { print substr(ours, 2); done = 1 }
                            }
                            print line
                        }
                    }' | sed '/^$/d' > "$f.new" && chmod 640 "$f.new" && mv "$f.new" "$f"
            }
            """;
}
