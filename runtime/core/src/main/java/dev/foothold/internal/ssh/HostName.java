package dev.foothold.internal.ssh;

import dev.foothold.network.AddressType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds the addresses that a host name stands for. */
final class HostName {

    private HostName() {}

    /**
     * Asks the name service; what is an address already stands for itself.
     *
     * @throws UnknownHostException if nobody knows the name
     * @throws TimeoutException if there was no answer in time
     */
    static List<InetAddress> resolve(String host, Deadline deadline)
            throws UnknownHostException, InterruptedException, TimeoutException {
        if (AddressType.of(host) != AddressType.HOST_NAME) {
            return List.of(InetAddress.getByName(host));
        }
        // On a thread of its own, for nothing can wake one that asks. It ends when the name service answers or gives
        // up.
        FutureTask<InetAddress[]> question = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread asker = new Thread(question, "foothold-ssh-resolve-" + host);
        asker.setDaemon(true);
        asker.start();
        try {
            return List.of(question.get(Math.max(1, deadline.nanosLeft()), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            UnknownHostException unknown = new UnknownHostException(host);
            unknown.initCause(e.getCause());
            throw unknown;
        }
    }
}
