/**
 * The firewall on a machine, for clouds that give machines a public address and nothing in front of it.
 *
 * <p>Entry point: {@link dev.foothold.firewall.InstanceConfigurator}, over SSH {@link
 * dev.foothold.firewall.SshInstanceConfigurator}. What a firewall lets through is a value, {@link
 * dev.foothold.firewall.FirewallRules}; a {@link dev.foothold.firewall.FirewallPlan} says what becomes of it.
 */
@NullMarked
package dev.foothold.firewall;

import org.jspecify.annotations.NullMarked;
