package dev.foothold.firewall;

import dev.foothold.cloudinit.ShellWord;
import dev.foothold.network.AddressType;
import dev.foothold.network.PortRange;
import java.util.List;

/** Takes a second network interface into use, in the words of whatever configures a machine's network. */
final class ExternalAddress {

    /**
     * Arguments: the interface, {@code check} or {@code up}, and the sizes of both files. Other ways to configure a
     * network are named and refused.
     */
    static final String PROGRAM = """
            iface=$2 mode=$3
            w=$(mktemp -d) || die 'no temporary directory can be made'
            trap 'rm -rf "$w"' EXIT
            take "$4" ifupdown && take "$5" netplan || die 'no temporary file can be written'
            external
            """;

    /** Shell functions of the program. */
    private static final String WORDS = """
            stack() {
                if have netplan && [ -n "$(ls /etc/netplan/*.yaml 2> /dev/null)" ]; then stack=netplan
                elif have ifup && [ -e /etc/network/interfaces ]; then stack=ifupdown
                elif have netplan; then stack=netplan
                else
                    other=
                    for tool in nmcli networkctl wicked connmanctl; do ! have "$tool" || other=$tool; done
                    die "the network is configured by neither ifupdown nor netplan${other:+ but, it seems, by $other}"
                fi
            }
            external() {
                grep -q "^ *$iface:" /proc/net/dev || die "there is no network interface $iface"
                stack
                case $stack in
                ifupdown)
                    file=/etc/network/interfaces.d/$iface.cfg
                    grep -Eq '^[[:space:]]*source(-directory)?[[:space:]]+(/etc/network/)?interfaces\\.d' \\
                        /etc/network/interfaces || die '/etc/network/interfaces does not source interfaces.d'
                    other=$(grep -lE "^[[:space:]]*iface[[:space:]]+${iface}[[:space:]]" /etc/network/interfaces \\
                        /etc/network/interfaces.d/* 2> /dev/null | grep -vxF "$file")
                    [ -z "$other" ] || die "$iface is configured in $other already"
                    e=$(ifup --no-act --force --interfaces="$w/ifupdown" "$iface" 2>&1) ||
                        { printf '%s\\n' "$e"; die "ifup does not take the configuration of $iface"; } ;;
                netplan)
                    file=/etc/netplan/60-foothold-$iface.yaml
                    mkdir -p "$w/etc/netplan" && { cp -p /etc/netplan/*.yaml "$w/etc/netplan" 2> /dev/null || :; }
                    cp "$w/netplan" "$w/$file" || die 'no temporary file can be written'
                    e=$(netplan generate --root-dir "$w" 2>&1) ||
                        { printf '%s\\n' "$e"; die "netplan does not take the configuration of $iface"; } ;;
                esac
                say stack "$stack"
                [ "$mode" = up ] || return 0
                mkdir -p "${file%/*}"
                if [ -e "$file" ]; then cp -p "$file" "$w/before"; fi
                cp "$w/$stack" "$file.new" && { [ "$stack" = netplan ] || chmod 644 "$file.new"; } &&
                    mv "$file.new" "$file" || die "$file cannot be written"
                case $stack in
                ifupdown) e=$(ifup "$iface" 2>&1) ;;
                netplan) e=$(netplan apply 2>&1) ;;
                esac || {
                    if [ -e "$w/before" ]; then mv "$w/before" "$file"; else rm -f "$file"; fi
                    [ "$stack" != netplan ] || netplan generate > /dev/null 2>&1
                    printf '%s\\n' "$e"
                    die "$iface could not be brought up by $stack; $file is as it was"
                }
                say up
            }
            """;

    private ExternalAddress() {}

    /** Renders what ifupdown reads; the original's words. */
    static String ifupdown(String networkInterface) {
        return "auto " + networkInterface + "\niface " + networkInterface + " inet dhcp\n";
    }

    /** Renders what netplan reads. */
    static String netplan(String networkInterface) {
        return "network:\n  version: 2\n  ethernets:\n    \"" + networkInterface + "\":\n      dhcp4: true\n";
    }

    /** Says what the firewall has to let through then. */
    static FirewallRules rules(FirewallRules now, String networkInterface, int apiPort) {
        FirewallRules open = apiPort == 0 ? now : now.openInternally(PortRange.tcp(apiPort), null);
        return open.closeAll(new Closing(null, networkInterface));
    }

    static String words() {
        return WORDS;
    }

    /** Makes commands that a machine runs itself, as root or with sudo; the firewall first. */
    static List<String> commands(String networkInterface, int apiPort) {
        FirewallRules rules = rules(FirewallRules.none(), networkInterface, apiPort);
        IptablesSave nothing = IptablesSave.parse("");
        String firewall = """
                if command -v nft > /dev/null; then
                    printf %s "$1" | nft -f -
                else
                    for tool in iptables ip6tables; do
                        rules=$2
                        [ "$tool" = iptables ] || rules=$3
                        [ "$tool" = iptables ] || [ -e /proc/net/if_inet6 ] || continue
                        if "$tool-save" -t filter | grep -q -- '^-A INPUT .*-j FOOTHOLD$'; then
                            rules=$(printf %s "$rules" | sed '/^-I INPUT /d')
                        fi
                        printf '%s\\n' "$rules" | "$tool-restore" --noflush || exit
                    done
                fi
                """;
        String address = """
                set -e
                if command -v netplan > /dev/null && [ -n "$(ls /etc/netplan/*.yaml 2> /dev/null)" ]; then
                    umask 077
                    printf %s "$3" > "/etc/netplan/60-foothold-$1.yaml"
                    netplan apply
                else
                    mkdir -p /etc/network/interfaces.d
                    printf %s "$2" > "/etc/network/interfaces.d/$1.cfg"
                    ifup "$1"
                fi
                """;
        return List.of(
                sudo(List.of(
                        firewall,
                        "foothold",
                        NftRules.transaction(rules),
                        IptablesRules.transaction(nothing, rules, AddressType.IPV4),
                        IptablesRules.transaction(nothing, rules, AddressType.IPV6))),
                sudo(List.of(
                        address, "foothold", networkInterface, ifupdown(networkInterface), netplan(networkInterface))));
    }

    private static String sudo(List<String> words) {
        return "sudo /bin/sh -c " + ShellWord.join(words);
    }
}
