package dev.foothold.firewall;

import dev.foothold.network.AddressType;
import dev.foothold.network.Cidr;
import dev.foothold.network.PortRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a machine has said about its rules. */
final class Reading {

    private final Answer answer;
    private final String backend;
    private final @Nullable IptablesSave v4;
    private final @Nullable IptablesSave v6;
    private final FirewallRules own;
    private final FirewallRules original;
    private final List<String> skipped = new ArrayList<>();

    Reading(Answer answer) {
        this.answer = answer;
        this.backend = answer.value("backend");
        if (backend.equals("nft")) {
            v4 = null;
            v6 = null;
            own = NftRules.parse(answer.text("v4"));
            original = FirewallRules.none();
        } else {
            v4 = IptablesSave.parse(answer.text("v4"));
            v6 = answer.has("v6") ? IptablesSave.parse(answer.text("v6")) : null;
            own = IptablesRules.parse(v4, v6);
            original = possible(IptablesRules.original(v4, skipped));
        }
    }

    String backend() {
        return backend;
    }

    String digest() {
        return answer.value("digest");
    }

    /** Gives what the machine lets through, whoever made the rules. */
    FirewallRules rules() {
        return own.plus(original);
    }

    /** Gives the part that stands in rules of the original, and moves with the next change. */
    FirewallRules original() {
        return original;
    }

    List<String> skipped() {
        return skipped;
    }

    /** Names chains of others that have the last word. */
    List<String> refusing() {
        return answer.has("chains") ? NftRules.refusingChains(answer.text("chains")) : List.of();
    }

    /** Leaves out what the machine cannot have, as it knows one family of addresses only. */
    FirewallRules possible(FirewallRules rules) {
        return v4 == null || v6 != null ? rules : rules.only(family -> family == AddressType.IPV4);
    }

    /** Renders the files of a change, in the order in which the program takes them. */
    List<String> files(FirewallRules wanted) {
        if (v4 == null) {
            return List.of(NftRules.transaction(wanted), NftRules.transaction(own), "", "");
        }
        return List.of(
                IptablesRules.transaction(v4, wanted, AddressType.IPV4),
                IptablesRules.undo(v4, wanted),
                v6 == null ? "" : IptablesRules.transaction(v6, wanted, AddressType.IPV6),
                v6 == null ? "" : IptablesRules.undo(v6, wanted));
    }

    /**
     * Tells what is wrong with rules that would not let the connection in through which they are changed.
     *
     * @return empty if they would, or it is not known how the connection came in
     */
    String cutsOff(FirewallRules wanted) {
        String[] ends = answer.has("connection") ? answer.value("connection").split(" ") : new String[0];
        if (ends.length != CONNECTION_WORDS) {
            return "";
        }
        try {
            // An address of a link may name an interface.
            Cidr client = Cidr.host(ends[0].replaceFirst("%.*", ""));
            Cidr server = Cidr.host(ends[2].replaceFirst("%.*", ""));
            int port = Integer.parseInt(ends[CONNECTION_WORDS - 1]);
            String arrival = answer.has("arrival") ? answer.value("arrival") : null;
            return wanted.admit(PortRange.tcp(port), client, server, arrival)
                    ? ""
                    : "SSH port " + port + ", at which " + ends[2] + " is reached from " + ends[0];
        } catch (IllegalArgumentException e) {
            throw new FirewallException("the machine does not say how it was reached: \""
                    + NftRules.shortened(answer.value("connection")) + "\"");
        }
    }

    private static final int CONNECTION_WORDS = 4;
}
