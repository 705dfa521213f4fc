package dev.foothold.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code iptables-save} or {@code ip6tables-save} writes of the table {@code filter}, as far as it is of interest.
 *
 * @param hasChain whether there is a chain of ours
 * @param jump at which place {@code INPUT} jumps to our chain, from 1; 0 if it does not
 * @param ours the rules of our chain, each from the chain's name on
 * @param original the original's rules in {@code INPUT}, each from the chain's name on
 */
record IptablesSave(boolean hasChain, int jump, List<String> ours, List<Numbered> original) {

    private static final Pattern OF_THE_ORIGINAL = Pattern.compile("--comment \"juju (internal|ingress)\"");
    private static final Pattern LEFT = Pattern.compile("-A INPUT .*-j " + IptablesRules.CHAIN);

    /**
     * A rule with its place in its chain.
     *
     * @param number its place, from 1
     * @param text from the chain's name on
     */
    record Numbered(int number, String text) {}

    static IptablesSave parse(String text) {
        boolean chain = false;
        int jump = 0;
        int number = 0;
        List<String> ours = new ArrayList<>();
        List<Numbered> original = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith(":" + IptablesRules.CHAIN + " ")) {
                chain = true;
            } else if (line.startsWith("-A " + IptablesRules.CHAIN + " ")) {
                ours.add(line.substring("-A ".length()));
            } else if (line.startsWith("-A INPUT ")) {
                number++;
                if (LEFT.matcher(line).matches() && jump == 0) {
                    jump = number;
                } else if (OF_THE_ORIGINAL.matcher(line).find()) {
                    original.add(new Numbered(number, line.substring("-A ".length())));
                }
            }
        }
        return new IptablesSave(chain, jump, List.copyOf(ours), List.copyOf(original));
    }

    boolean jumps() {
        return jump > 0;
    }
}
