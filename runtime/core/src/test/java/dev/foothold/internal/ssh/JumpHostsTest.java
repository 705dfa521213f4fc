package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.JumpHost;
import dev.foothold.ssh.SshException;
import dev.foothold.ssh.SshFailure;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JumpHostsTest {

    private static final SshOptions OPTIONS = SshOptions.defaults()
            .withIdentity(SshKeyPair.generate(""))
            .trusting(List.of(SshKeyPair.generate("").publicKey()))
            .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10));
    private static final JumpHost HOST = new JumpHost(MachineAddress.of("192.0.2.1", AddressScope.PUBLIC), OPTIONS);

    @Test
    void jumpHostThatIsDead_isTriedOnceForAllWhoWait() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch allAreThere = new CountDownLatch(10);
        JumpHosts hosts = new JumpHosts((address, options) -> {
            attempts.incrementAndGet();
            allAreThere.await();
            Thread.sleep(200);
            throw new SshException(SshFailure.TIMED_OUT, address, "nothing answered", null);
        });
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            List<Callable<JumpHosts.Lease>> tasks = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                tasks.add(() -> {
                    allAreThere.countDown();
                    return hosts.lease(HOST);
                });
            }
            for (Future<JumpHosts.Lease> lease : threads.invokeAll(tasks)) {
                assertThat(failureOf(lease)).hasMessageContaining("192.0.2.1:22: nothing answered");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(attempts)
                .as("the first, and those who came after it had failed")
                .hasValueLessThan(5);
        Await.until("nobody watches the jump host any more", () -> Await.clientThreads() == 0);
    }

    @Test
    void jumpHostThatLetsNobodyInInTime_isSaidSo() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        JumpHosts hosts = new JumpHosts((address, options) -> {
            end.await();
            throw new SshException(SshFailure.TIMED_OUT, address, "nothing answered", null);
        });
        JumpHost impatient =
                new JumpHost(HOST.address(), OPTIONS.withTimeouts(Duration.ofMillis(100), Duration.ofMillis(100)));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<JumpHosts.Lease> one = threads.submit(() -> hosts.lease(impatient));
            Future<JumpHosts.Lease> two = threads.submit(() -> hosts.lease(impatient));
            Await.until("one of them gives up", () -> one.isDone() || two.isDone());

            assertThat(failureOf(one.isDone() ? one : two))
                    .hasMessageContaining("has not let another connection in within 500 ms");
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
        Await.until("nobody watches the jump host any more", () -> Await.clientThreads() == 0);
    }

    @Test
    void interrupt_endsTheWaitForAJumpHost() throws Exception {
        JumpHosts hosts = new JumpHosts((address, options) -> {
            new CountDownLatch(1).await();
            throw new AssertionError();
        });
        Thread first = new Thread(() -> leaseQuietly(hosts));
        Thread second = new Thread(() -> leaseQuietly(hosts));
        first.start();
        second.start();
        second.interrupt();
        first.interrupt();
        second.join();
        first.join();

        Await.until("nobody watches the jump host any more", () -> Await.clientThreads() == 0);
    }

    private static void leaseQuietly(JumpHosts hosts) {
        try {
            hosts.lease(HOST);
        } catch (InterruptedException e) {
            // That is what is waited for.
        }
    }

    private static Throwable failureOf(Future<JumpHosts.Lease> lease) throws InterruptedException {
        try {
            lease.get();
            throw new AssertionError("there should be no connection");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}
