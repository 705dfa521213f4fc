package dev.foothold.firewall;

import dev.foothold.network.IngressRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Configures a machine's firewall and its external address. Every operation says how things shall be; if they are, nothing
 * is changed. A change is made as a whole or not at all.
 *
 * <p>Addresses are those of the machine, IPv4 or IPv6; null or an empty text stands for all of them.
 */
public interface InstanceConfigurator {

    /**
     * Closes all ports but some. Connections that are there live on. What was open for the address, or for all addresses,
     * is closed, too.
     *
     * @param except TCP ports that are open afterwards, for everybody
     * @param address the machine's address to close; null or empty for all of them
     * @throws FirewallException if that fails, or would close the SSH port in use; nothing is changed then
     * @throws IllegalArgumentException if a port is not from 1 to 65535, or the address is not an IP address
     * @throws InterruptedException if the caller was interrupted
     */
    void dropAllPorts(List<Integer> except, @Nullable String address) throws InterruptedException;

    /**
     * Takes a second network interface into use, whose address comes by DHCP, with all its ports closed.
     *
     * @param apiPort a TCP port that is open afterwards, for everybody; 0 for none
     * @throws FirewallException if that fails; the message says whether something was changed
     * @throws IllegalArgumentException if the port is not from 0 to 65535
     * @throws InterruptedException if the caller was interrupted
     */
    void configureExternalIpAddress(int apiPort) throws InterruptedException;

    /**
     * Opens or closes ports. Opening what is open and closing what is not are no errors. Without rules the machine is not
     * even asked.
     *
     * @param address the machine's address to open or close them at; null or empty for all of them
     * @param insert true to open, false to close
     * @param rules what to open or close, and for whom
     * @throws FirewallException if that fails, or would close the SSH port in use; nothing is changed then
     * @throws IllegalArgumentException if the address is not an IP address, or a rule's source is of another family
     * @throws InterruptedException if the caller was interrupted
     */
    void changeIngressRules(@Nullable String address, boolean insert, IngressRules rules) throws InterruptedException;

    /**
     * Says what is open, as far as it was opened by {@link #changeIngressRules}, or by the original's {@code juju ingress}
     * rules. The addresses at which it is open are not told.
     *
     * @return one rule for each range of ports, with all its sources; sorted
     * @throws FirewallException if the machine cannot be asked, or its answer not be understood
     * @throws InterruptedException if the caller was interrupted
     */
    IngressRules findIngressRules() throws InterruptedException;
}
