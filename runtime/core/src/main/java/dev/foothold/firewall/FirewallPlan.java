package dev.foothold.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Says what a change would do to a machine's firewall. Nothing has been changed; {@link SshInstanceConfigurator#apply} does
 * it, if the machine's rules are still those that the plan was made from.
 */
public final class FirewallPlan {

    private final Reading reading;
    private final FirewallRules wanted;

    FirewallPlan(Reading reading, FirewallRules wanted) {
        this.reading = Objects.requireNonNull(reading, "reading");
        this.wanted = reading.possible(wanted);
    }

    Reading reading() {
        return reading;
    }

    /**
     * Says what the machine lets through now.
     *
     * @return the rules that were read, those of the original among them
     */
    public FirewallRules current() {
        return reading.rules();
    }

    /**
     * Says what the machine will let through.
     *
     * @return the rules
     */
    public FirewallRules wanted() {
        return wanted;
    }

    /**
     * Names the tool that the machine's rules are made with.
     *
     * @return {@code nft} or {@code iptables}
     */
    public String tool() {
        return reading.backend();
    }

    /**
     * Tells whether nothing has to be changed.
     *
     * @return true if the machine lets through what it shall
     */
    public boolean isEmpty() {
        return current().equals(wanted);
    }

    /**
     * Tells whether the change may cut somebody off.
     *
     * @return true unless it does nothing but open
     */
    public boolean closesSomething() {
        return !current().openings().stream().allMatch(wanted.openings()::contains)
                || !wanted.closings().stream().allMatch(current().closings()::contains)
                || !reading.original().isEmpty();
    }

    /**
     * Describes the change for people.
     *
     * @return a line for each thing that is opened ({@code +}) or closed ({@code -}), and for what is worth knowing ({@code
     *     !}); without a line break at the end
     */
    public String describe() {
        List<String> lines = new ArrayList<>();
        minus(wanted.openings(), current().openings()).forEach(it -> lines.add("+ open " + it));
        minus(wanted.closings(), current().closings()).forEach(it -> lines.add("- close " + it));
        minus(current().openings(), wanted.openings()).forEach(it -> lines.add("- close " + it));
        minus(current().closings(), wanted.closings()).forEach(it -> lines.add("+ open " + it));
        if (lines.isEmpty()) {
            lines.add("nothing to change");
        } else if (!reading.original().isEmpty()) {
            lines.add("! rules of the original are taken over into the chain of Foothold");
        }
        reading.skipped().forEach(rule -> lines.add("! says nothing, and goes with the next change: " + rule));
        reading.refusing()
                .forEach(chain ->
                        lines.add("! refuses what its own rules do not admit, whatever is open here: " + chain));
        return String.join("\n", lines);
    }

    private static <T> List<T> minus(List<T> some, List<T> others) {
        List<T> left = new ArrayList<>(some);
        left.removeAll(others);
        return left;
    }

    @Override
    public String toString() {
        return "FirewallPlan[" + describe() + "]";
    }
}
