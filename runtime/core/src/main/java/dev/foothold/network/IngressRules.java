package dev.foothold.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list of rules. Two are equal if they have the same rules, in whatever order. Immutable; nothing that is given is
 * changed.
 */
public final class IngressRules implements Iterable<IngressRule> {

    private static final IngressRules NONE = new IngressRules(List.of());

    private final List<IngressRule> rules;

    private IngressRules(List<IngressRule> rules) {
        this.rules = rules;
    }

    /**
     * Gives the list of no rules.
     *
     * @return the empty list
     */
    public static IngressRules none() {
        return NONE;
    }

    /**
     * Makes a list.
     *
     * @param rules the rules; their order is kept
     * @return the list
     */
    public static IngressRules of(IngressRule... rules) {
        return of(List.of(rules));
    }

    /**
     * Makes a list.
     *
     * @param rules the rules; their order is kept
     * @return the list
     */
    public static IngressRules of(Collection<IngressRule> rules) {
        return new IngressRules(List.copyOf(rules));
    }

    /**
     * Reads a list of rules as {@link IngressRule#parse} reads each.
     *
     * @param rules for example {@code 22/tcp}, {@code 443/tcp from 10.0.0.0/8}
     * @return the list
     * @throws IllegalArgumentException if one is not a rule; the message names it
     */
    public static IngressRules parse(String... rules) {
        return of(Stream.of(rules).map(IngressRule::parse).toList());
    }

    /**
     * Gives the rules.
     *
     * @return an immutable list, in the order they were given
     */
    public List<IngressRule> asList() {
        return rules;
    }

    /**
     * Tells whether there are no rules.
     *
     * @return true if nothing is open
     */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Sorts the rules.
     *
     * @return the changed copy
     */
    public IngressRules sorted() {
        return new IngressRules(rules.stream().sorted().toList());
    }

    /**
     * Removes duplicates, and keeps the first of each.
     *
     * @return the changed copy
     */
    public IngressRules unique() {
        return new IngressRules(List.copyOf(new LinkedHashSet<>(rules)));
    }

    /**
     * Makes one rule of those with the same ports, for all their sources.
     *
     * @return the changed copy, sorted; rules for everybody name all of IPv4 and of IPv6 as their sources
     */
    public IngressRules merged() {
        return ofSources(sources());
    }

    private Map<PortRange, SortedSet<Cidr>> sources() {
        Map<PortRange, SortedSet<Cidr>> sources = new TreeMap<>();
        for (IngressRule rule : rules) {
            sources.computeIfAbsent(rule.ports(), ports -> new TreeSet<>()).addAll(rule.effectiveSources());
        }
        return sources;
    }

    private static IngressRules ofSources(Map<PortRange, SortedSet<Cidr>> sources) {
        List<IngressRule> rules = new ArrayList<>();
        sources.forEach((ports, from) -> {
            if (!from.isEmpty()) {
                rules.add(new IngressRule(ports, List.copyOf(from)));
            }
        });
        return new IngressRules(List.copyOf(rules));
    }

    /**
     * Says what has to change for these rules to become others. Ranges are compared as they are: ports 80 to 81 are not
     * port 80 and port 81.
     *
     * @param target what shall be open
     * @return for each range of ports, the sources to open and to close it for
     */
    public IngressDifference differenceTo(IngressRules target) {
        return new IngressDifference(target.minus(this), minus(target));
    }

    private IngressRules minus(IngressRules other) {
        Map<PortRange, SortedSet<Cidr>> left = sources();
        other.sources().forEach((ports, from) -> {
            if (left.containsKey(ports)) {
                left.get(ports).removeAll(from);
            }
        });
        return ofSources(left);
    }

    /**
     * Removes the sources of one family. Rules that have no other sources go; rules for everybody stay, for the other
     * family.
     *
     * @param family IPv4 or IPv6
     * @return the changed copy, sorted and without duplicates
     * @throws IllegalArgumentException if it is not a family of addresses
     */
    public IngressRules without(AddressType family) {
        Cidr all = Cidr.all(family);
        List<IngressRule> left = new ArrayList<>();
        for (IngressRule rule : rules) {
            List<Cidr> sources = rule.effectiveSources().stream()
                    .filter(source -> source.family() != all.family())
                    .toList();
            if (!sources.isEmpty()) {
                left.add(rule.withSources(sources));
            }
        }
        return new IngressRules(left.stream().distinct().sorted().toList());
    }

    /**
     * Tells whether whatever a rule admits is admitted by these rules together.
     *
     * @param rule a rule
     * @return true if for each of its sources, the rules for it and for networks around it have all of its ports
     */
    public boolean cover(IngressRule rule) {
        return rule.effectiveSources().stream().allMatch(source -> coverFrom(rule.ports(), source));
    }

    private boolean coverFrom(PortRange ports, Cidr source) {
        return PortRange.combine(rules.stream()
                        .filter(rule -> rule.effectiveSources().stream().anyMatch(ours -> ours.contains(source)))
                        .map(IngressRule::ports)
                        .toList())
                .stream()
                .anyMatch(combined -> combined.covers(ports));
    }

    @Override
    public Iterator<IngressRule> iterator() {
        return rules.iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IngressRules that && sorted().rules.equals(that.sorted().rules);
    }

    @Override
    public int hashCode() {
        return sorted().rules.hashCode();
    }

    /**
     * Renders the rules in one line.
     *
     * @return the rules with semicolons between them
     */
    @Override
    public String toString() {
        return rules.stream().map(IngressRule::toString).collect(Collectors.joining("; "));
    }
}
