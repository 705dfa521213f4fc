package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class TurnstileTest {

    private static final MachineAddress HERE = MachineAddress.of("192.0.2.1");
    private static final MachineAddress THERE = MachineAddress.of("192.0.2.2");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Turnstile turnstile = new Turnstile();

    @Test
    void someHaveATurnAndTheNextMustWait() throws Exception {
        Turnstile.Turn first = turnstile.enter(HERE, LONG);
        Turnstile.Turn second = turnstile.enter(HERE, LONG);

        assertThat(turnstile.enterNow(HERE)).isEmpty();
        assertThat(turnstile.enterNow(THERE)).hasValueSatisfying(Turnstile.Turn::close);
        assertThatThrownBy(() -> turnstile.enter(HERE, Duration.ofMillis(20)))
                .isInstanceOf(SshException.class)
                .hasMessageContainingAll("192.0.2.1:22", "other handshakes", "20 ms");

        FutureTask<Turnstile.Turn> third = new FutureTask<>(() -> turnstile.enter(HERE, LONG));
        new Thread(third).start();
        first.close();
        third.get().close();
        second.close();
        assertThat(turnstile.servers()).as("servers that are remembered").isZero();
    }

    @Test
    void whoIsInterruptedWaitsNoMore() throws Exception {
        Turnstile.Turn first = turnstile.enter(HERE, LONG);
        Turnstile.Turn second = turnstile.enter(HERE, LONG);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> turnstile.enter(HERE, LONG)).isInstanceOf(InterruptedException.class);
        first.close();
        second.close();
        assertThat(turnstile.servers()).isZero();
    }

    @Test
    void theyEnterInTheOrderInWhichTheyCame() throws Exception {
        Turnstile.Turn first = turnstile.enter(HERE, LONG);
        Turnstile.Turn second = turnstile.enter(HERE, LONG);
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    Turnstile.Turn turn = turnstile.enter(HERE, LONG);
                    order.add(number);
                    turn.close();
                } catch (InterruptedException e) {
                    order.add(-1);
                }
            });
            thread.start();
            threads.add(thread);
            Await.until("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        }
        second.close();
        for (Thread thread : threads) {
            thread.join();
        }
        first.close();

        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(turnstile.servers()).isZero();
    }

    @Test
    void aTurnThatLedToALoginEndsByItselfAMomentLater() throws Exception {
        turnstile.enter(HERE, LONG).loggedIn();
        turnstile.enter(HERE, LONG).loggedIn();

        assertThat(turnstile.enterNow(HERE)).as("at once").isEmpty();
        turnstile.enter(HERE, LONG).close();
        Await.until("all is forgotten", () -> turnstile.servers() == 0);
    }
}
